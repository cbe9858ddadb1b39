export type Scope = 'public' | 'unlisted' | 'local' | 'private' | 'direct';

export interface MediaData {
  file: string;
  alt: string;
  width: number;
  height: number;
}

export interface PollData {
  options: readonly string[];
  multiple?: true;
  /** Days the poll stays open. */
  days: number;
}

/** A post as plain text: `@nickname`, `#hashtag` and links become what the instance makes of them. */
export interface PostData {
  /** Nickname, with the domain for remote people. */
  by: string;
  text: string;
  /** Name by which reports and the moderation log refer to it. */
  key?: string;
  scope?: Scope;
  warning?: string;
  sensitive?: true;
  language?: string;
  media?: readonly MediaData[];
  poll?: PollData;
  pinned?: true;
  /** Fixes the age; other threads are spread over the last 60 days. */
  daysAgo?: number;
  replies?: readonly PostData[];
}
