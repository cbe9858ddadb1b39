import { escapeHtml } from './messages.js';

/** Rules for readers that know them; without, a mail is plain paragraphs. Nothing is loaded from anywhere. */
const rules = `
:root { color-scheme: light dark; }
body { margin: 0; padding: 24px 12px; background: #eef0f3; color: #1d2129; font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
main { box-sizing: border-box; max-width: 560px; margin: 0 auto; padding: 24px; border-radius: 10px; background: #fff; overflow-wrap: anywhere; }
h3 { margin: 0 0 16px; font-size: 20px; line-height: 1.3; }
p { margin: 0 0 16px; }
a { color: #0b57d0; font-weight: 600; }
footer { padding-top: 16px; border-top: 1px solid #d5d9e0; color: #5b6270; font-size: 13px; }
footer span { font-family: ui-monospace, Consolas, monospace; }
@media (prefers-color-scheme: dark) {
  body { background: #14161a; color: #e6e8ec; }
  main { background: #20242b; }
  a { color: #8ab4f8; }
  footer { border-color: #3a404b; color: #a3abb8; }
}`;

/**
 * A whole page around the words of a mail, readable on a phone and in the dark.
 * @param words HTML whose texts are escaped.
 * @param link what the mail is for, once more as text: for readers that show no links, and for whoever looks before following one.
 */
export function mailPage(title: string, words: string, link: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${rules}
</style>
</head>
<body>
<main>
${words}<footer>If the link does not work, copy this address into your browser:<br><span>${escapeHtml(link)}</span></footer>
</main>
</body>
</html>
`;
}
