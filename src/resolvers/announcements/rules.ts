import { failure, refuse } from '../../errors.js';
import { isLongerThan } from '../../lib/text-length.js';

/** Who may see announcements that are not out yet (docs/instance/oauth.md#roles-and-scopes). */
export const readAccess = {
  role: 'admin',
  scope: 'admin:read',
  pleroma: { privilege: 'announcements_manage_announcements' },
} as const;
export const writeAccess = {
  role: 'admin',
  scope: 'admin:write',
  pleroma: { privilege: 'announcements_manage_announcements' },
} as const;

const maxContentLength = 100_000;

/** How a caller names an announcement. */
export interface AnnouncementReference {
  readonly databaseId: string;
}

/** What can be said of an announcement; what is absent stays, or takes its default. */
export interface AnnouncementInput {
  /** Plain text; addresses, hashtags and known accounts become links. */
  readonly content?: string | undefined;
  /** Shown from then on; null = at once. */
  readonly startsAt?: Date | null | undefined;
  /** Shown until then; null = until it is deleted. */
  readonly endsAt?: Date | null | undefined;
  /** Clients show days instead of times. */
  readonly allDay?: boolean | undefined;
  /** Takes what nobody will ever see, as the REST routes do. */
  readonly lenient?: boolean | undefined;
}

/** @throws OperationError INVALID for a text nobody can read, or times nobody will see it at. */
export function refuseFaults({
  content,
  startsAt,
  endsAt,
  lenient = false,
}: AnnouncementInput): void {
  refuse([
    ...(content !== undefined && !lenient && content.trim() === ''
      ? [{ code: 'INVALID', message: "content can't be blank.", inputPath: ['content'] } as const]
      : []),
    ...(isLongerThan(content ?? '', maxContentLength)
      ? [
          {
            code: 'INVALID',
            message: `content must have at most ${maxContentLength} characters.`,
            inputPath: ['content'],
          } as const,
        ]
      : []),
    ...(startsAt && endsAt && !lenient && endsAt <= startsAt
      ? [
          {
            code: 'INVALID',
            message: 'endsAt must be later than startsAt.',
            inputPath: ['endsAt'],
          } as const,
        ]
      : []),
  ]);
}

export function unknownAnnouncement(): Error {
  return failure('NOT_FOUND', 'There is no such announcement.', ['announcement', 'databaseId']);
}
