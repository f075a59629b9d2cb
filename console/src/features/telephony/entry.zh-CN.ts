import { defineTexts } from '../../ui/texts.ts'

export const e = defineTexts({
  title: '公告与应急', modes: '应急模式', begin: '开启应急模式', end: '结束', begun: '已开启，新来电立即生效', ended: '已结束', endTitle: '结束“{name}”', endText: '之后的来电不再优先，已在排队的不变', on: '进行中', off: '已结束',
  noModes: '没有开启过应急模式', modesHint: '暴雨、停电等突发事件时，播报提示并优先接入与事件有关的来电', event: '事件', state: '状态', text: '播报内容', key: '按键', numbers: '号码数', queue: '接入队列', from: '开始', until: '结束时间', calls: '应急来电', by: '操作人', hours: '持续（小时）', numbersOf: '属于该事件的来电号码',
  numbersHelp: '这些号码来电不听导航，直接进入队列最前', keyHelp: '听到播报后按此键的来电按应急等级接入；留空则只播报', modeTextHelp: '自动加上“与此有关请按…”',
  announcements: '业务公告', add: '新增公告', change: '修改', remove: '删除', save: '保存', saved: '已保存，下一通来电生效', removed: '已删除', removeTitle: '删除“{name}”', removeText: '删除后不再播报', noNews: '没有业务公告', newsHint: '政策变化、系统维护、服务时间调整等，在导航之前播给来电人', place: '顺序', name: '名称', serviceNumbers: '服务号码', allNumbers: '全部',
  serviceNumbersHelp: '留空为全部，多个用逗号分开', prompt: '录制的语音', promptHelp: '选了则播放该语音，不用合成',
})
