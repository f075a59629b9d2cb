import { defineErrors } from '../../kernel/errors.ts'

export const reportsFail = defineErrors('reports', {
  notFound: { status: 404, title: '没有这份报告' },
  unknownTemplate: { status: 404, title: '没有这个报告模板' },
  unknownSchedule: { status: 404, title: '没有这个定时任务' },
  codeTaken: { status: 409, title: '编码“{code}”已被使用' },
  fault: { status: 422, title: '模板有误：{fault}' },
  noDraft: { status: 409, title: '没有待发布的修改' },
  changed: { status: 409, title: '{by} 刚改过，请重新打开再改' },
  notDelivered: { status: 409, title: '这不是随产品交付的模板，没有可恢复的原样' },
  inherited: { status: 409, title: '模板“{name}”继承自它，不能撤下' },
  notPublished: { status: 409, title: '模板未发布，不能生成报告' },
  state: { status: 409, title: '{state}的报告不能{act}' },
  ownReview: { status: 409, title: '不能审核自己起草的报告' },
  notText: { status: 422, title: '只有文字可以编辑' },
  untraced: { status: 409, title: '有 {n} 处数字没有来源，确认无误后才能发布' },
  personal: { status: 409, title: '报告里有个人信息：{places}。请先改掉，确需保留的由发布人确认' },
  period: { status: 422, title: '报告期不正确：起始日期应不晚于截止日期，且不晚于今天' },
  numbersChanged: { status: 422, title: '改写的文字改动了数字，未采用' },
})
