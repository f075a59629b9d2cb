// PostgreSQL's settings for a small machine, written before every start because memory and port may have changed.
import { statfs } from 'node:fs/promises'
import { availableParallelism, totalmem } from 'node:os'

export interface SettingsInput {
  port: number
  /** Folder for the Unix socket, or '' for TCP alone. */
  socketFolder: string
  /** For tests: gives up safety against a power cut. Never for a site. */
  fast: boolean
  memoryBytes: number
  processors: number
  /** Bytes of /dev/shm, or undefined where there is none. */
  sharedMemoryBytes: number | undefined
}

const MB = 1024 * 1024

/** What this machine (or its container) has. */
export async function machine(): Promise<Omit<SettingsInput, 'port' | 'fast' | 'socketFolder'>> {
  const limit = process.constrainedMemory()
  const shm = await statfs('/dev/shm').catch(() => undefined)
  return {
    memoryBytes: limit > 0 ? Math.min(limit, totalmem()) : totalmem(),
    processors: availableParallelism(),
    sharedMemoryBytes: shm && shm.blocks * shm.bsize,
  }
}

/** The text of `minsheng.conf`. A site's own settings go into `site.conf` beside it, which is read after this one. */
export function renderSettings(input: SettingsInput): string {
  const sharedBuffers = Math.max(32 * MB, Math.min(input.memoryBytes / 4, 1024 * MB))
  const settings: Record<string, string | number> = {
    cluster_name: 'minsheng',
    listen_addresses: '127.0.0.1',
    port: input.port,
    // A Unix socket costs half of what loopback TCP does for each short query. Only the folder's owner can reach it.
    unix_socket_directories: input.socketFolder,
    max_connections: 100,

    shared_buffers: `${mb(sharedBuffers)}MB`,
    effective_cache_size: `${mb(input.memoryBytes / 2)}MB`,
    maintenance_work_mem: `${mb(Math.max(64 * MB, Math.min(input.memoryBytes / 20, 256 * MB)))}MB`,
    work_mem: '16MB',
    // Default containers have 64 MB there, and parallel queries then fail as if the disk were full.
    dynamic_shared_memory_type: (input.sharedMemoryBytes ?? 0) < 256 * MB ? 'mmap' : 'posix',
    max_parallel_workers: input.processors,
    max_parallel_workers_per_gather: Math.min(2, Math.floor(input.processors / 2)),

    // After a restart the pages that were in memory before are read again at once, rather than by the first person who asks.
    ...(input.fast ? { wal_level: 'minimal', max_wal_senders: 0 } : { shared_preload_libraries: 'pg_prewarm' }),

    random_page_cost: 1.1,
    jit: 'off',
    track_io_timing: 'on',
    // A backend whose client was killed would otherwise finish its query and hold up the next start.
    client_connection_check_interval: '5s',

    wal_compression: 'on',
    min_wal_size: '128MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '10min',
    synchronous_commit: input.fast ? 'off' : 'on',
    fsync: input.fast ? 'off' : 'on',
    full_page_writes: input.fast ? 'off' : 'on',

    timezone: 'UTC',
    log_timezone: 'UTC',
    // A file a day, seven days; the server's own log is separate.
    logging_collector: 'on',
    log_directory: 'log',
    log_filename: 'postgresql-%a.log',
    log_rotation_age: '1d',
    log_rotation_size: 0,
    log_truncate_on_rotation: 'on',
    log_file_mode: '0600',
    log_line_prefix: '%m [%p] %e ',
    // Details quote row values, i.e. personal data. The application receives them in full all the same.
    log_error_verbosity: 'terse',
    log_parameter_max_length: 0,
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${typeof value === 'number' ? value : `'${value}'`}`)
  return `# Written by Minsheng at every start. Put your own settings into site.conf beside this file.\n${lines.join('\n')}\n`
}

function mb(bytes: number): number {
  return Math.floor(bytes / MB)
}
