/** Every kind of docs/instance/accounts.md#invites; `expiresInDays` below zero lies in the past. */
export interface InviteData {
  type: 'one_time' | 'reusable' | 'date_limited' | 'reusable_date_limited';
  createdDaysAgo: number;
  uses?: number;
  used?: true;
  maxUse?: number;
  expiresInDays?: number;
}

export const invites: readonly InviteData[] = [
  { type: 'one_time', createdDaysAgo: 41, used: true },
  { type: 'date_limited', createdDaysAgo: 35, expiresInDays: -5 },
  { type: 'reusable', createdDaysAgo: 20, uses: 2, maxUse: 5 },
  { type: 'date_limited', createdDaysAgo: 12, expiresInDays: 30 },
  { type: 'reusable_date_limited', createdDaysAgo: 8, uses: 1, maxUse: 10, expiresInDays: 60 },
  { type: 'one_time', createdDaysAgo: 1 },
];
