// Words of the page of series from elsewhere.
import { defineTexts } from '../../ui/texts.ts'

export const s = defineTexts({
  title: '外部数据',
  sub: '人口等由别处统计的数，按区划和起算日导入，作指标的分母；缺哪一项，用到它的指标会说明并留空',
  add: '新建序列', none: '还没有外部数据', noneHint: '新建序列后导入表格；“万人诉求比”用编码为 population 的人口', edit: '修改', save: '保存', saved: '已保存', load: '导入', values: '查看',
  name: '名称', code: '编码', codeHint: '小写字母开头，只含字母和数字；人口用 population', unit: '单位', source: '来源', level: '区划层级', areas: '区划数', days: '起算日', usedBy: '用于指标', changed: '更新', area: '区划',
  'level.4': '市', 'level.6': '区县', 'level.9': '街镇', 'level.12': '社区村',
  areaCode: '区划编码', fromDay: '起算日', value: '值', noValues: '还没有导入数据', moreValues: '只列出最近的 2000 条',
  loadNote: '每行一个区划（{level}）；起算日可只填年份；同一区划同一天再导入即更新。不认识的区划、日期、数值逐行退回，其余照常导入。',
} as const)
