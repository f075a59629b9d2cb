import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['server/src/kernel/testing/global-setup.ts'],
    include: ['server/**/*.test.ts', 'switch/**/*.test.ts', 'console/src/**/*.test.ts', 'portal/src/**/*.test.ts', 'tools/**/*.test.ts'],
    // One database cluster serves all files; two workers are what a 2-core machine carries.
    maxWorkers: 2,
    // The whole server is read once a worker, not once a file: half of the time of a run. What a file changes of a module it puts back.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
