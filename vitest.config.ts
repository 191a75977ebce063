import { defineConfig } from 'vitest/config'

// These load both cores by themselves and count what comes of it: beside nothing else, and patiently.
const LOAD = ['test/worker/{limits,crash,converge,erase-crash,mail-crash}.test.ts']

// A busy machine takes its time; what never comes is waited for a little longer, and only then.
const expect = { poll: { timeout: 15_000, interval: 50 } }

// Two cores: a worker test runs Node and workerd side by side, an e2e test a browser as well.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          expect,
          isolate: false,
          name: 'unit',
          include: ['{protocol,worker,widgets,admin,scripts,bench}/**/*.test.ts'],
          hookTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          expect,
          isolate: false,
          name: 'worker',
          include: ['test/{worker,contract,integrations}/**/*.test.ts'],
          exclude: LOAD,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Some wait for what comes ten seconds later: the third goes on meanwhile.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          expect,
          isolate: false,
          name: 'load',
          include: LOAD,
          testTimeout: 180_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          expect,
          isolate: false,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          // A browser on a busy machine may miss a moment; what is broken fails twice.
          retry: 1,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
