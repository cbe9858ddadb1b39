import { OperationError } from '../../errors.js';
import { userFixFollowState, type FollowState } from '../../resolvers/users/fix-follow-state.js';
import { Refusal } from '../refusal.js';
import { findUser, referenceTo } from '../targets.js';
import { task, type Work } from '../task.js';

/** `fix_follow_state` */
export const fixFollowStateTask = task({
  words: 'fix_follow_state <local> <remote>',
  summary: 'Mend a follow that was accepted but is not there',
  example: 'fix_follow_state lain friend@example.com',
  run: async ({ context, say }: Work, _options: object, local: string, remote: string) => {
    const follower = referenceTo(await findUser(context, local, `No local user ${local}`));
    const followed = referenceTo(await findUser(context, remote, `No remote user ${remote}`));
    const state = await fix(
      context,
      { follower, followed },
      `No follow data for ${local} and ${remote}`,
    );
    say(
      `Request state is ${state.requestState}, vs calculated state of following=${String(state.isFollowing)}`,
    );
    (state.isFixed
      ? ['Discrepancy found, fixing', 'Relationship fixed']
      : ['No discrepancy found']
    ).forEach(say);
    return {
      requestState: state.requestState,
      isFollowing: state.isFollowing,
      isFixed: state.isFixed,
    };
  },
});

async function fix(
  context: Work['context'],
  input: Parameters<typeof userFixFollowState>[1],
  refusal: string,
): Promise<FollowState> {
  try {
    return await userFixFollowState(context, input);
  } catch (error) {
    if (error instanceof OperationError && error.code === 'NOT_FOUND')
      throw new Refusal(refusal, 'NOT_FOUND');
    throw error;
  }
}
