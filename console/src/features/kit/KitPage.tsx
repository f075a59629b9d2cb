// Every part of the kit on one page.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Problem } from '../../api/problem.ts'
import { ActBar } from '../../ui/ActBar.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { AssignmentTree } from '../../ui/AssignmentTree.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, ProblemLine } from '../../ui/Empty.tsx'
import { Chart, Figure, Progress } from '../../ui/Figure.tsx'
import { FormRenderer } from '../../ui/FormRenderer.tsx'
import { validate } from '../../ui/form-rules.ts'
import type { FormErrors, FormValue } from '../../ui/form-rules.ts'
import { Masked } from '../../ui/Masked.tsx'
import { notify, say } from '../../ui/notices.ts'
import { Facts, Page, Section } from '../../ui/Page.tsx'
import { Card, ClockChip, LevelTag, StateTag, Tag, UrgencyTag } from '../../ui/Tags.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { isoIn } from './sample-time.ts'
import { assignments, clocks, entries, schema, unitLoader } from './samples.ts'

const states = ['draft', 'pendingReview', 'pendingDispatch', 'inProgress', 'pendingResultReview', 'pendingCallback', 'closed', 'archived', 'withdrawn', 'merged']
const loaders = { unit: unitLoader, matter: unitLoader, area: unitLoader }

export default function KitPage(): ReactElement {
  const [open, setOpen] = useState(false)
  const acts = [
    { act: 'sign', enabled: true }, { act: 'urge', enabled: true }, { act: 'label', enabled: true },
    { act: 'close', enabled: false, reason: '主办单位尚未反馈' }, { act: 'return', enabled: false, reason: '退回窗口已关闭', until: isoIn(-3_600_000) }, { act: 'withdraw', enabled: false, reason: '需诉求人提出' },
  ]
  const known = {
    sign: { label: '签收', key: 'a', run: () => setOpen(true) }, urge: { label: '催办', run: () => say('已催办') }, label: { label: '打标签', run: () => notify({ level: 'P3', title: '标签已更新' }) },
    close: { label: '办结', run: () => undefined }, return: { label: '退回', key: 'r', run: () => undefined }, withdraw: { label: '撤单', run: () => undefined },
  }
  return (
    <Page title="界面部件" help="kit" state={<StateTag state="inProgress" round={2} />} acts={<Button onClick={() => setOpen(true)}>打开表单</Button>}
      bar={<div className="ms-row">{clocks.map((clock, i) => <ClockChip key={i} clock={clock} onClick={() => undefined} />)}</div>}>
      <Section title="操作"><ActBar acts={acts} known={known} main="sign" /></Section>
      <Section title="标签">
        <div className="ms-row">{states.map((state) => <StateTag key={state} state={state} />)}</div>
        <div className="ms-row" style={{ marginBlockStart: 8 }}>
          <UrgencyTag urgency="urgent" /><UrgencyTag urgency="major" /><LevelTag level="low" /><LevelTag level="middle" /><LevelTag level="high" />
          <Card kind="yellow" /><Card kind="red" label="11-21 12:00" /><Card kind="red" voided /><Tag tone="primary">首次来电人</Tag><Tag>涉企</Tag>
        </div>
        <div className="ms-row" style={{ marginBlockStart: 8 }}>{clocks.map((clock, i) => <ClockChip key={i} plain clock={clock} />)}</div>
      </Section>
      <div className="ms-grid">
        <Figure label="待签收" value={3} to="/dev/list" tone="near" definition={{ definition: '派到本单位、尚未签收的处办任务', version: 'v3', owner: '运行科' }} asOf={isoIn(-60_000)} />
        <Figure label="超期" value={12345} to="/dev/list" tone="over" delta={{ text: '较昨日 ↑6.2%', better: false }} />
        <Figure label="满意率" value="88.9" unit="%" delta={{ text: '较上周 ↑0.8个百分点', better: true }} />
        <Figure label="没有基数" value={null} />
      </div>
      <Section title="诉求人">
        <Facts columns={2} items={[{ label: '姓名', value: '王*明' }, { label: '电话', value: <Masked value="138****5678" label="电话" reveal={async () => ({ value: '13812345678', used: 12, limit: 30 })} /> }, { label: '地点', value: '幸福路12号院3号楼' }, { label: '备注', value: '' }]} />
      </Section>
      <Section title="处办任务" flush><AssignmentTree nodes={assignments} /></Section>
      <Section title="时间轴"><Timeline entries={entries} hidden /></Section>
      <Section title="表单（左标签）"><DeskForm /></Section>
      <Section title="图表">
        <Chart summary="近七日受理量，周四最高" table={{ columns: ['日期', '受理', '办结'], rows: [['周一', 320, 280], ['周二', 301, 290], ['周三', 334, 310], ['周四', 390, 330]] }}
          option={{ tooltip: {}, legend: {}, grid: { left: 40, right: 16, top: 36, bottom: 24 }, xAxis: { type: 'category', data: ['周一', '周二', '周三', '周四'] }, yAxis: { type: 'value' }, series: [{ name: '受理', type: 'bar', data: [320, 301, 334, 390] }, { name: '办结', type: 'line', data: [280, 290, 310, 330] }] }} />
      </Section>
      <div className="ms-grid">
        {(['done', 'filter', 'scope', 'pending', 'failed'] as const).map((kind) => <Section key={kind}><Empty kind={kind} /></Section>)}
      </div>
      <Section title="进度与提示">
        <div className="ms-stack">
          <Progress label="导出" done={3120} total={12800} onCancel={() => undefined} />
          <ProblemLine problem={new Problem({ code: 'x', title: '派发单位已停用', status: 422, requestId: '7f3a9c21d0' })} onRetry={() => undefined} />
          <div className="ms-row">
            <Button onClick={() => notify({ level: 'P2', title: '红牌 2611210381', text: '供热管理办公室 办理 超期', tone: 'over', path: '/dev/list' })}>P2</Button>
            <Button onClick={() => notify({ level: 'P1', title: '应急工单', text: '燃气泄漏 幸福路' })}>P1</Button>
            <Button onClick={() => notify({ level: 'P0', title: '应急知识', text: '请按最新口径答复停水咨询。' })}>P0</Button>
            <Button onClick={() => void confirm({ title: '发送答复', text: '答复将以短信发送，发送后不能撤回。', verb: '发送给 312 位诉求人' })}>确认</Button>
          </div>
        </div>
      </Section>
      <ActDrawer open={open} onClose={() => setOpen(false)} title="退回申请" sub="2611210381 3号楼三天无暖气" schema={schema} draftKey="kit" loaders={loaders} submitLabel="提交审核"
        notice="批准后 办理·区级 时限停止计算，工单回到派发人员。" side={<div className="ms-stack"><strong>审核链</strong><span>单位领导 李洁</span><span>中心 王敏</span></div>}
        conflict={() => ({ text: '王敏 14:03 已将此工单改派至 城管局', rows: [{ label: '承办单位', theirs: '城市管理局', mine: '供热管理办公室' }] })}
        submit={async (values) => {
          if (values.reason === 'area') throw new Problem({ code: 'orders.changed', title: '内容已被他人更改，您的操作未执行', status: 409 })
          throw new Problem({ code: 'orders.invalid', title: '填写的内容有误', status: 422, fields: [{ path: 'values.explanation', message: '请写明自管站名称' }] })
        }} />
    </Page>
  )
}

function DeskForm(): ReactElement {
  const [value, setValue] = useState<FormValue>({ explanation: '室温低于18℃' })
  const [errors, setErrors] = useState<FormErrors>({})
  return (
    <div style={{ maxInlineSize: 640 }}>
      <FormRenderer layout="left" schema={schema} value={value} onChange={setValue} errors={errors} loaders={loaders} />
      <Button style={{ marginBlockStart: 12 }} onClick={() => setErrors(validate(schema, value))}>检查</Button>
    </div>
  )
}
