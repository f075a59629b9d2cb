import { defineTexts } from '../../kit/texts.ts'

export const t = defineTexts({
  title: '无障碍说明', intro: '让每个人都能自己办成事', help: '找人帮忙', help1: '打电话：拨打 {number}，说出您的事，工作人员帮您登记和查询。', help2: '家人代办：家人用自己的手机号登录后替您提交，在“事情”里写明替谁反映即可。', help3: '已有编号和查询码：任何人都可以帮您在“查询码查询”里看进度。',
  elderTitle: '长辈版', elder1: '字号 22，按钮不小于 60 像素，一页四个入口，没有弹窗和滚动内容，填写不限时间。', elder2: '每页右上角可以随时切换，只记在这台设备上。', elderOn: '切换到长辈版', elderOff: '切换到标准版', contrastOn: '打开高对比度', contrastOff: '关闭高对比度', read: '朗读本页', readStop: '停止朗读', readNone: '这个浏览器不支持朗读',
  standardTitle: '我们做到的', standard: '本网站按《网站设计无障碍技术要求》和 WCAG 2.2 AA 级制作：可以只用键盘操作，焦点清楚可见；读屏软件能读出每个控件；文字放大到 200% 不丢内容；颜色之外都有形状或文字；不使用图形验证码。', keys: '键盘', keys1: 'Tab 到下一处，Shift 加 Tab 到上一处，回车或空格确定，Esc 关闭弹出的一层。', keys2: '每页第一个链接是“跳到正文”。', limitsTitle: '还做不到的', limits: '公告和答复中由他人上传的图片可能没有文字说明。', tellTitle: '告诉我们', tell: '使用中遇到障碍，请拨打 {number} 或提交一件“建议”。', tellGo: '提交建议', helpSubmit: '我要诉求',
} as const)
