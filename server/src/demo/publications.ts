// What the fictional centre tells the public: introduction, notices, questions with answers.
export type DemoPublication = { kind: 'notice' | 'intro' | 'faq'; title: string; summary?: string; body: string; category?: string; pinned?: boolean }

const use = '热线使用'
const life = '城市生活'
const welfare = '社保医保'

export const demoPublications: readonly DemoPublication[] = [
  { kind: 'intro', title: '澜川市政务服务便民热线中心', summary: '背景、职责与服务范围', body: '澜川市政务服务便民热线中心承担全市咨询、求助、投诉、举报、建议和表扬的统一受理。\n\n受理范围：政府部门职责范围内的公共管理和公共服务事项。已进入诉讼、仲裁、行政复议程序的事项，以及涉密事项，不在受理范围。\n\n服务对象：在本市生活、工作、经营的个人和企业。全天二十四小时人工服务。' },
  { kind: 'notice', title: '供暖季服务时间调整', summary: '供热专席延长至 24 点', body: '供暖季期间，供热专席人工服务时间延长至 24 点。低温天气请优先通过热线或网上提交，附室温照片可以加快处理。', pinned: true },
  { kind: 'notice', title: '网上诉求支持视频附件', body: '网上提交诉求可以上传照片、视频和文档，上传后承办单位可以直接查看。请避免拍到他人的脸和车牌。' },
  { kind: 'faq', category: use, title: '怎么提交诉求', summary: '如何投诉 怎么反映问题 在哪里提交', body: '打开“我要诉求”，说清事情、选择地点，可以附照片，验证手机号后提交，马上得到编号和查询码。也可以拨打 12345。' },
  { kind: 'faq', category: use, title: '多久能收到答复', summary: '办理时限 几天答复 处理要多久', body: '一般咨询 1 个工作日，求助 3 个工作日，投诉和举报 5 个工作日内答复。情况复杂需要延长的，会提前告诉您新的时间。紧急事项 2 小时内响应。' },
  { kind: 'faq', category: use, title: '怎么查办理进度', summary: '查询进度 查工单 办到哪了', body: '登录后在“我的诉求”查看；不登录也可以用编号和查询码在“查询码查询”里查。办理中可以补充、催办和撤回。' },
  { kind: 'faq', category: use, title: '对办理结果不满意怎么办', summary: '没解决 不满意 重新办理', body: '办结后请在评价期内评价，选择“没有解决”或“不满意”，工单会退回承办单位再次办理。' },
  { kind: 'faq', category: use, title: '个人信息会不会泄露', summary: '隐私 保密 举报人信息', body: '手机号和身份证号加密保存，工作人员看到的是掩码，查看原文会留下记录。举报等诉求可以选择保密，承办单位以外看不到。' },
  { kind: 'faq', category: life, title: '家里暖气不热怎么办', summary: '室温低 不供热 供暖温度不达标', body: '供暖期室温一般不低于 18 度。先检查自家阀门和过滤网，仍然不热请联系供热单位报修，24 小时内没有处理的，在这里提交诉求并附室温照片。' },
  { kind: 'faq', category: life, title: '夜间施工噪音扰民找谁', summary: '半夜施工 工地噪声', body: '城市建成区 22 点至次日 6 点一般不得从事产生噪声的施工作业，因特殊需要的须公告。遇到违规夜间施工，请说明工地位置和时间，可附录音或视频，由城市管理部门核查。' },
  { kind: 'faq', category: life, title: '餐饮油烟扰民怎么反映', summary: '饭店油烟 烧烤油烟', body: '请说明店名、地址和主要时段，附照片更好。城市管理部门会核查油烟净化设施和选址是否合规。' },
  { kind: 'faq', category: life, title: '小区路灯不亮报给谁', summary: '路灯坏了 照明维修', body: '市政道路路灯由市政维护单位维修，小区内部路灯由物业维修。说明具体位置或灯杆编号，可以直接在这里提交。' },
  { kind: 'faq', category: welfare, title: '高龄补贴怎么申请', summary: '老人津贴 八十岁补贴 高龄津贴', body: '年满 80 周岁的本市户籍老人，本人或家属持身份证、户口簿到户籍所在社区申请，次月起发放。行动不便的可以请社区上门办理。' },
  { kind: 'faq', category: welfare, title: '异地就医怎么备案', summary: '外地看病 医保报销 异地医保', body: '可以通过国家医保服务平台、医保窗口或电话备案。备案后在就医地联网医院直接结算。长期在外居住的办理一次长期有效。' },
  { kind: 'faq', category: welfare, title: '拖欠工资怎么投诉', summary: '欠薪 不发工资 讨薪', body: '请提供用人单位名称、拖欠时间和金额、劳动合同或工资记录，由劳动监察部门处理。也可以申请劳动仲裁。' },
]
