// Callbacks by SMS: a part of callback.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { definePart, smsTemplateSources } from '../../platform/index.ts'
import { answerForm, openForm } from './answer-form.ts'
import { endForms } from './end-forms.ts'
import * as contract from './form-contract.ts'
import { formSettings } from './form.settings.ts'
import { formSms } from './form.zh-CN.ts'
import { formBoard, listForms } from './read-forms.ts'

export const part = definePart({
  routes: [bind(contract.openForm, openForm), bind(contract.answerForm, answerForm), bind(contract.formBoard, formBoard), bind(contract.listForms, listForms)],
  crons: [{ name: 'callback.endForms', everySeconds: 60, run: endForms }],
  settings: formSettings,
  implements: [implement(smsTemplateSources, () => formSms)],
})
