import { expect, it } from 'vitest';
import { recentInstance } from '../../src/instance/recent.js';
import { useWorld } from '../support/world.js';

const world = useWorld();

it('remembers the settings for their lifetime, until told to forget, and no failure', async () => {
  let [time, readings, isBroken] = [0, 0, false];
  const { readInstance, forgetInstance } = recentInstance(
    () => {
      readings += 1;
      return isBroken ? Promise.reject(new Error('gone')) : world.source.readInstance();
    },
    1_000,
    () => time,
  );
  await readInstance();
  time = 999;
  await readInstance();
  expect(readings).toBe(1);
  time = 1_000;
  await readInstance();
  expect(readings).toBe(2);
  forgetInstance();
  isBroken = true;
  await expect(readInstance()).rejects.toThrow('gone');
  isBroken = false;
  await readInstance();
  expect(readings).toBe(4);
});
