import { defineErrors } from '../../../kernel/errors.ts'

export const attachmentErrors = defineErrors('platform', {
  noFile: { status: 422, title: '没有收到文件' },
  fileTooLarge: { status: 413, title: '文件超过 {limit} MB，未上传' },
  tooManyFiles: { status: 422, title: '最多 {limit} 个附件，已有 {count} 个' },
  fileTypeRefused: { status: 415, title: '不支持“{extension}”类型的文件，可上传图片、PDF、Office 文档、文本、音频和视频' },
  fileDisguised: { status: 415, title: '文件内容与扩展名“{extension}”不符，已拒绝' },
  fileEmpty: { status: 422, title: '文件是空的' },
  fileInfected: { status: 422, title: '文件未通过安全检查（{found}），已拒绝' },
  filesNotYours: { status: 422, title: '附件不存在、已被使用或不是您上传的，请重新上传' },
})
