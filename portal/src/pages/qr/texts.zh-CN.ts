import { defineTexts } from '../../kit/texts.ts'

export const t = defineTexts({
  title: '扫码反映问题', about: '您要反映的是', place: '地点', type: '类型', matter: '事项', go: '开始填写', replace: '您有一份没提交的诉求。继续会保留您写的内容，只换成这里的地点和对象。', notUsable: '不用二维码，直接填写', check: '带出的内容都可以修改。地点不对，请在“在哪里”一步改正。', none: '没有这个二维码', noneText: '可能已被更换。您可以直接提交诉求。', general: '把事情说清楚，我们来办',
} as const)
