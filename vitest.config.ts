import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// These load both cores by themselves and count what comes of it: beside nothing else, and patiently.
const LOAD = ['test/worker/{limits,crash,converge,erase-crash,mail-crash}.test.ts']

// These take longest. Begun first, none of them is what all else has to wait for at the end.
const LONG =
  /test\/(worker\/(crash|limits|orders-storm|notifications|mailer|push)|e2e\/(admin-screens|my-chats|admin-settings|limits|start|account|reach))\.test\.ts$/

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId)
    // Groups stay in their order: they are taken apart by what follows.
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

// A busy machine takes its time; what never comes is waited for a little longer, and only then.
const expect = { poll: { timeout: 15_000, interval: 50 } }

// For two cores: a worker test keeps Node and workerd busy, an e2e test a browser as well, and each of them waits at times.
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
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
          // Some wait for what comes ten seconds later: others go on meanwhile.
          maxWorkers: 4,
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
          maxWorkers: 3,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
