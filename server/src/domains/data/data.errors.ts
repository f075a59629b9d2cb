import { defineErrors } from '../../kernel/errors.ts'

export const dataFail = defineErrors('data', {
  unknownIndicator: { status: 404, title: '没有编码为“{code}”的指标' },
  stopped: { status: 422, title: '指标“{name}”已停用' },
  unknownDimension: { status: 422, title: '没有“{dimension}”这个维度' },
  notOfFact: { status: 422, title: '“{fact}”不能按“{dimension}”统计' },
  noTime: { status: 422, title: '指标“{name}”按期末统计，不能按时间分组' },
  wrongMember: { status: 422, title: '“{dimension}”的值不正确' },
  period: { status: 422, title: '统计期不正确：起始日期应不晚于截止日期，最长 {days} 天' },
  notCounted: { status: 422, title: '“{name}”由其他指标计算得出，请打开它的组成：{parts}' },
  definitionFault: { status: 422, title: '指标定义有误：{fault}' },
  circle: { status: 422, title: '公式互相引用：{path}' },
  codeTaken: { status: 409, title: '编码“{code}”已被使用' },
  fromDay: { status: 422, title: '新定义的生效日期须晚于今天，且晚于上一版本的生效日期' },
  notGranted: { status: 403, title: '没有开放这个指标接口' },
  building: { status: 409, title: '汇总数正在重建' },
  inUse: { status: 409, title: '该指标被 {by} 引用，不能停用' },
})
