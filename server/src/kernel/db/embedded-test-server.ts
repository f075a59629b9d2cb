// Stands for a server in embedded.test.ts: starts the database of the folder named on the command line, says so, and waits to be killed.
import { startEmbedded } from './embedded.ts'

const [dataDir = '', endWithProcess] = process.argv.slice(2)
const silent = () => {}
const database = await startEmbedded({ dataDir, endWithProcess: endWithProcess !== undefined, logger: { info: silent, warn: silent, error: silent } })
console.log(JSON.stringify({ pid: database.pid, port: database.port }))
setInterval(silent, 1000)
