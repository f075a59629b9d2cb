import { defineErrors } from '../../kernel/errors.ts'

export const aiFail = defineErrors('ai', {
  applicationUnknown: { status: 404, title: '没有这个智能应用' },
  notReady: { status: 422, title: '本版本尚未提供“{name}”，不能开启' },
  autoUnfit: { status: 422, title: '“{name}”不能设为自动' },
  notTrained: { status: 422, title: '“{name}”不使用训练模型' },
  tooFew: { status: 422, title: '可用于训练的工单只有 {n} 件，至少 {least} 件、两个类别' },
  inTraining: { status: 409, title: '该应用正在训练，请稍候' },
  notEvaluated: { status: 409, title: '只有训练完成并评测过的模型可以启用' },
  regression: { status: 422, title: '新模型在固定测试集上为 {now}%，低于现用模型的 {before}%；确需启用请填写理由' },
  overQuota: { status: 429, title: '本月的大模型调用次数（{most}）已用完' },
  outsideForbidden: { status: 422, title: '参数不允许使用网外大模型' },
  decided: { status: 409, title: '该建议已有结论' },
})
