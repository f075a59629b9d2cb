// For the launcher of `--lan`: makes or finds the site's own certificate and says where it is, as one line of JSON.
import { join, resolve } from 'node:path'
import { ownCertificate } from './kernel/tls/own-certificate.ts'

const folder = process.argv[2]
if (!folder) throw new Error('which data folder?')
process.stdout.write(`${JSON.stringify(await ownCertificate(join(resolve(folder), 'tls')))}\n`)
