import { execute } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Executes operations by graphql-js, the reference, in the place of Yoga's own executor. */
export const plainExecution: Plugin = {
  onExecute: ({ setExecuteFn }) => {
    setExecuteFn(execute);
  },
};
