// Attachments of any object: upload, binding, reading, removal.
import { bind } from '../../../kernel/http/route.ts'
import { asJob } from '../../../kernel/jobs/job.ts'
import { definePart } from '../part.ts'
import * as contract from './attachment-contract.ts'
import { attachmentLimits } from './attachment-limits.ts'
import { attachmentErrors } from './attachments.errors.ts'
import { openFile } from './open-file.ts'
import { attachmentCrons, deleteFile, purgeContent } from './remove-file.ts'
import { uploadFile } from './upload-file.ts'

export { attachFiles, copyFiles, moveFiles, filesOf } from './attach-files.ts'
export type { Attaching } from './attach-files.ts'
export { fileInfo } from './attachment-contract.ts'
export type { FileInfo } from './attachment-contract.ts'
export { fileAccess, fileRemovable, virusScan } from './attachment-ports.ts'
export type { FileObject, ScannedFile } from './attachment-ports.ts'
export { parseRange } from './open-file.ts'
export { discardContent, fileContent, putContent, storeFile } from './store-file.ts'

/** Spread into platform's module. */
export const part = definePart({
  routes: [
    bind(contract.uploadAttachment, uploadFile),
    bind(contract.uploadPublicAttachment, uploadFile),
    bind(contract.openAttachment, openFile),
    bind(contract.openPublicAttachment, openFile),
    bind(contract.deleteAttachment, deleteFile),
    bind(contract.deletePublicAttachment, deleteFile),
  ],
  jobs: [asJob(purgeContent)],
  crons: attachmentCrons,
  settings: [attachmentLimits],
  errors: attachmentErrors,
})
