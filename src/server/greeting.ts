/** What GraphiQL shows at first; the README begins with the same query. */
export const greeting = `# Welcome to Steward. Put your token behind "Bearer "
# in the Headers pane below, then press Ctrl-Enter.
query NewestUsers {
  users(first: 5, filter: { is: [LOCAL, ACTIVE] }) {
    totalCount
    nodes {
      nickname
      displayName
      status
      createdAt
    }
  }
}
`;
