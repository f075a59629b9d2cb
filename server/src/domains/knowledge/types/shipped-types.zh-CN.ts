// Shipped types with their editing templates; an administrator's change of one takes its place.
import type { TemplateField } from '../content.ts'

export type TypeDefinition = { code: string; name: string; description: string; sort: number; weight: number; enabled: boolean; citation: string; fields: TemplateField[]; version: number }

const field = (key: string, label: string, kind: TemplateField['kind'] = 'text', required = false): TemplateField => ({ key, label, kind, required })
const type = (sort: number, code: string, name: string, description: string, citation: string, fields: TemplateField[], weight = 100): TypeDefinition => ({ code, name, description, sort, weight, enabled: true, citation, fields, version: 0 })

/** Publicity material (KNO-35): refused while it holds personal data. */
export const MATERIAL = 'material'

export const shippedTypes: readonly TypeDefinition[] = [
  type(10, 'policy', '政策', '政策文件与解读', '《{title}》（{number}）', [field('number', '文号'), field('issuer', '发文机关'), field('issuedOn', '发文日期', 'date')], 120),
  type(20, 'guide', '办事指南', '怎么办、要什么、去哪里', '《{title}》', [field('conditions', '办理条件', 'longText'), field('materials', '办理材料', 'longText'), field('process', '办理流程', 'longText'), field('limit', '办理时限'), field('fee', '收费标准'), field('place', '办理地点', 'longText')], 120),
  type(30, 'faq', '问答', '群众常问的问题与标准答案', '{title}', [], 130),
  type(40, 'statute', '法律法规', '按条收录的法律、法规、规章', '《{title}》（{number}）', [field('number', '文号'), field('issuer', '制定机关'), field('rank', '效力位阶'), field('effectiveOn', '施行日期', 'date')], 80),
  type(50, 'duty', '职责', '单位职责与权限边界', '{title}', [field('unit', '责任单位'), field('boundary', '职责边界', 'longText')]),
  type(60, 'case', '案例', '典型案例与处置要点', '{title}', [field('appeal', '诉求', 'longText', true), field('handling', '办理过程', 'longText', true), field('result', '办理结果', 'longText', true), field('points', '处置要点', 'longText')]),
  type(70, 'script', '话术', '统一答复口径', '{title}', [field('scene', '使用场景')]),
  type(80, 'contact', '通讯录', '办公地点、电话与工作时间', '{title}', [field('phone', '电话'), field('address', '地址'), field('hours', '工作时间')]),
  type(100, MATERIAL, '宣传素材', '对内对外宣传用的文字、图片、音视频和案例', '{title}', [field('form', '素材形式', 'text', true), field('channels', '发布渠道'), field('credit', '署名与授权')], 60),
  type(90, 'notice', '通知', '停水停电、活动等时效信息', '《{title}》', [field('scope', '影响范围')], 140),
]
