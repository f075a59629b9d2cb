// Words of the light kit.
import { defineTexts } from './texts.ts'

export const t = defineTexts({
  back: '返回', close: '关闭', cancel: '取消', retry: '重试', loading: '正在加载', optional: '选填', required: '必填',
  errorsTitle: '有 {n} 处需要修改', left: '还可以写 {n} 字', over: '超出 {n} 字', more: '加载更多',
  stepOf: '第 {now} 步，共 {total} 步',
  photoAdd: '拍照或选文件', photoMore: '再加一张', photoWaiting: '等待上传', photoSending: '上传中 {n}%', photoDone: '已上传', photoLost: '设备上找不到这张照片了，请删除后重新选择', photoFailed: '上传失败', photoHeld: '已存在手机上', photoRemove: '删除{name}', photoRetry: '重新上传{name}', photoAlt: '附件 {n}：{name}',
  photoTooMany: '最多 {n} 个附件', photoTooLarge: '“{name}”超过 {n} MB，请换一个小一些的', photoWrongType: '“{name}”不是图片、视频或文档（PDF、Word、Excel）', photoVideo: '视频',
  areaChoose: '请选择', areaBack: '重新选择', areaHere: '就选这里', areaEmpty: '下面没有更细的区域了',
  copied: '已复制', copy: '复制', copyFailed: '复制不了，请长按文字复制',
  star: '{n} 星', starWords1: '很不满意', starWords2: '不满意', starWords3: '一般', starWords4: '满意', starWords5: '很满意',
  pull: '下拉刷新', pullRelease: '松开刷新', refreshing: '正在更新',
  failed: '加载失败', failedHint: '已填写的内容不受影响', requestId: '编号 {id}',
  clockNone: '没有时限', clockUntil: '截止 {at}', clockPaused: '已暂停', clockMet: '已完成',
} as const)
