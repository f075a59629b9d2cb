// Ends a throw-away database with the process that started it, even when that is killed: a test run cut short must not
// leave one behind that nobody will ever adopt.
import { spawn } from 'node:child_process'
import { Socket } from 'node:net'

import type { Running } from './embedded-cluster.ts'

/** A shell reads from a pipe whose other end is ours; the system closes it when we are gone, however we went. */
export function endWithUs({ pid, ended }: Running): void {
  const shell = spawn('/bin/sh', ['-c', 'read _; kill -QUIT "$1"', 'sh', String(pid)], { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  shell.unref()
  if (shell.stdin instanceof Socket) shell.stdin.unref()
  // The number may later belong to another process.
  void ended.then(() => shell.kill('SIGKILL'))
}
