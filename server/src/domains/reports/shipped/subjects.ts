// Delivered thematic reports over subjects (T6 keyPerson … keyOrganisation), trades, events, people and the balance of service. The
// subject itself is named by the words of whoever makes the report from a copy; as delivered they hold what the catalogue can tell of all.
import type { Template, TemplateInput } from '../template.ts'
import { area, bar, cards, heading, note, only, orders, pie, rows, stacked, table, text, type Sections } from './make.ts'

export type ThematicKinds = {
  thematic: (code: string, name: string, sort: number, description: string, parts: Partial<Sections>, rest?: Partial<TemplateInput>) => TemplateInput
  of: (dimension: string, ...values: string[]) => Template['where'][number]
}

export function subjectReports({ thematic, of }: ThematicKinds): TemplateInput[] {
  const on = (code: string, name: string, sort: number, description: string, body: Sections['body'], rest: Partial<TemplateInput> = {}): TemplateInput => thematic(code, name, sort, description, { body }, { base: 'subject', ...rest })
  return [
    on('keyPerson', '重点人员报告', 181, '在重点主体之上，看重复诉求、渠道与催办', [heading('四、重复与渠道'), cards('重复', ['repeats', 'repeatShare', 'urges', 'supervised']), bar('同一诉求走了哪些渠道', ['repeats'], ['channel'], { half: true }), pie('紧急程度', ['received'], ['urgency'], { half: true }), area('逐日诉求', ['received'], ['day'], { sentence: true }), orders('重复诉求', 'repeats', { limit: 20 }), note('缺少数据：矛盾纠纷类型由人研判；某个人的全部诉求见诉求人画像（查看会留痕）。')], { where: [of('subjectKind', 'person')] }),
    on('keyEnterprise', '重点企业报告', 182, '在重点主体之上，看企业的集中问题与各单位响应', [heading('四、集中问题'), area('逐日诉求', ['received'], ['day'], { sentence: true }), rows('行业', ['received'], ['industry'], { limit: 12 }), heading('五、各单位响应'), table('响应', ['dispatches', 'signStageTime', 'contactStageTime', 'handlingStageTime', 'solvedRate'], ['unit'], { limit: 15 }), table('退单与转派', ['returnedOrders', 'repeatReturned', 'returnRate'], ['unit'], { limit: 15 }), note('缺少数据：处罚与复议单位、证照重复办理未接入。')], { where: [of('subjectKind', 'enterprise')] }),
    on('keyGroup', '重点群体报告', 183, '在重点主体之上，看群体与集中诉求', [heading('四、群体诉求'), cards('群体', ['groupAppeals', 'groupShare', 'involved', 'repeats']), rows('集中在哪些问题', ['groupAppeals'], ['category'], { limit: 10, sentence: true }), bar('涉及人数', ['received'], ['peopleBand']), table('单位双否与表扬', ['doubleNo', 'praise', 'satisfiedRate'], ['unit'], { order: '-doubleNo', limit: 15 }), orders('群体诉求', 'groupAppeals', { limit: 20 }), note('缺少数据：历次解决方案见案例库。')]),
    on('keyProject', '重点项目报告', 184, '在重点主体之上，看项目周边的诉求与处置', [heading('四、类型与区域'), stacked('区县与类型', ['received'], ['county', 'appealType']), rows('社区村', ['received'], ['community'], { limit: 10 }), heading('五、安全'), orders('安全与事故诉求', 'received', { where: [of('words', '事故', '坍塌', '坠落', '受伤', '安全隐患')], limit: 15 }), note('缺少数据：处罚、涉及岗位、同类项目未接入。')]),
    on('keyOrganisation', '重点组织报告', 185, '在重点主体之上，看主管单位与职责', [heading('四、主管与承办'), table('承办单位与协办', ['dispatches', 'assistTasks', 'returnRate', 'solvedRate'], ['unit'], { limit: 15 }), rows('涉及的事项', ['received'], ['matter'], { limit: 12 }), note('缺少数据：涉外、上级单位、涉法、诉求人岗位未接入。')]),
  ]
}

export function cityReports({ thematic, of }: ThematicKinds): TemplateInput[] {
  return [
    thematic('healthEnterprise', '企业诉求体检报告', 114, '在运行体检之上，只看企业：行业、意图、响应', { body: [heading('五、行业'), table('行业比较', ['received', 'onTimeClosingRate', 'solvedRate', 'satisfiedRate'], ['industry'], { limit: 20, compare: 'previous' }), pie('意图', ['received'], ['appealType'], { half: true }), bar('渠道', ['received'], ['channel'], { half: true, limit: 8 }), heading('六、响应效率'), table('各类问题的响应', ['closed', 'handleTime', 'onTimeClosingRate'], ['category'], { limit: 15 }), note('缺少数据：同类企业比较须企业名录的规模与行业小类。')] }, { base: 'health', where: [of('subjectKind', 'enterprise')] }),
    thematic('majorEvent', '重大活动保障报告', 123, '赛事、演出、节会期间：安全、供应、交通、组织', {
      header: [cards('活动期间', ['received', 'complaints', 'urges', 'open'])], lead: [text('{period}与活动有关的诉求{received}件，{received.change}；在办{open}件。')],
      body: [heading('一、走势'), area('逐日诉求', ['received'], ['day'], { sentence: true }), bar('时段', ['received'], ['timeSlot'], { half: true }), bar('区域', ['received'], ['county'], { half: true }), heading('二、安全'), orders('安全', 'received', { where: [of('words', '踩踏', '安全', '受伤', '走失', '消防')], limit: 10 }), heading('三、供应与价格'), orders('供应与价格', 'received', { where: [of('words', '价格', '供水', '供电', '餐饮', '住宿')], limit: 10 }), heading('四、交通'), orders('交通疏导', 'received', { where: [of('words', '拥堵', '停车', '公交', '地铁', '封路')], limit: 10 }), heading('五、对组织工作的意见'), rows('意见建议的分类', ['received'], ['category'], { where: [of('appealType', 'suggestion')], limit: 8 }), note('缺少数据：现场救援地图未接入。')],
    }, { cycle: 'week', include: ['活动', '赛事', '演出', '演唱会', '马拉松', '展会', '庙会'] }),
    thematic('requester', '诉求人分析报告', 191, '诉求主体、重复、涉及人数、办理感受', {
      header: [cards('诉求人', ['received', 'repeats', 'repeatShare', 'groupAppeals'])], lead: [text('{period}受理{received}件，{received.change}；重复诉求{repeats}件，占{repeatShare}。')],
      body: [heading('一、谁在反映'), pie('诉求主体', ['received'], ['subjectKind'], { half: true }), pie('渠道', ['received'], ['channel'], { half: true }), bar('涉及人数', ['received'], ['peopleBand']), heading('二、什么时候'), bar('时间段', ['received'], ['timeSlot'], { half: true }), bar('星期', ['received'], ['weekday'], { half: true }), heading('三、办理感受'), table('各类诉求的结果', ['closed', 'handleTime', 'solvedRate', 'satisfiedRate'], ['appealType']), note('某个人的时间线与习惯见诉求人画像（查看会留痕），不写进报告。')],
    }),
    thematic('serviceBalance', '服务均衡报告', 192, '同一服务在各区县、街镇是否一样', {
      header: [cards('全市', ['received', 'onTimeClosingRate', 'solvedRate', 'satisfiedRate'])], lead: [text('{period}受理{received}件，按期办结率{onTimeClosingRate}，解决率{solvedRate}，满意率{satisfiedRate}。', only('overdueOpen', '>', 0, '超期在办{overdueOpen}件。'))],
      body: [heading('一、区县'), table('区县', ['received', 'perTenThousand', 'onTimeClosingRate', 'solvedRate', 'satisfiedRate', 'handleTime'], ['county']), rows('满意率', ['satisfiedRate'], ['county'], { sentence: true }), heading('二、街镇'), table('街镇', ['received', 'closed', 'onTimeClosingRate', 'solvedRate', 'satisfiedRate'], ['street'], { limit: 60 }), heading('三、渠道与时间'), table('渠道', ['received', 'closed', 'handleTime', 'satisfiedRate'], ['channel']), table('工作日与休息日', ['received', 'handleTime', 'satisfiedRate'], ['dayKind']), note('未填人口的区县没有万人诉求比。')],
    }),
  ]
}
