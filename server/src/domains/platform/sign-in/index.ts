import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../part.ts'
import { implement } from '../../../kernel/port.ts'
import { resolveSubject, subjectRow } from '../../../kernel/auth/sessions.ts'
import { getPasswordRules } from './password-rules.ts'
import { endSession, listLocks, listSessions } from './admin-sessions.ts'
import { changePassword } from './change-password.ts'
import * as contract from './contract.ts'
import { demoSignIn, listDemoPeople } from './demo-sign-in.ts'
import { moveDemoClock } from './move-demo-clock.ts'
import { getSession } from './get-session.ts'
import { changeMyAccount, getMyAccount } from './own-account.ts'
import { endMySession, endOtherSessions, listMySessions, signOut } from './own-sessions.ts'
import { resolveStaff, staffRow } from './resolve-staff.ts'
import { confirmTotp, removeTotp, startTotp } from './set-up-totp.ts'
import { signInByPassword } from './sign-in-by-password.ts'
import { sendSignInCode, signInBySms } from './sign-in-by-sms.ts'
import { signInErrors } from './sign-in.errors.ts'
import { signInSettings } from './sign-in.settings.ts'
import { signInTotp } from './sign-in-totp.ts'

export const part = definePart({
  routes: [
    bind(contract.getSession, getSession),
    bind(contract.signIn, signInByPassword),
    bind(contract.sendSignInCode, sendSignInCode),
    bind(contract.signInBySms, signInBySms),
    bind(contract.signInTotp, signInTotp),
    bind(contract.changePassword, changePassword),
    bind(contract.getPasswordRules, getPasswordRules),
    bind(contract.signOut, signOut),
    bind(contract.listMySessions, listMySessions),
    bind(contract.endMySession, endMySession),
    bind(contract.endOtherSessions, endOtherSessions),
    bind(contract.listSessions, listSessions),
    bind(contract.endSession, endSession),
    bind(contract.listLocks, listLocks),
    bind(contract.startTotp, startTotp),
    bind(contract.confirmTotp, confirmTotp),
    bind(contract.removeTotp, removeTotp),
    bind(contract.getMyAccount, getMyAccount),
    bind(contract.changeMyAccount, changeMyAccount),
    bind(contract.listDemoPeople, listDemoPeople),
    bind(contract.demoSignIn, demoSignIn),
    bind(contract.moveDemoClock, moveDemoClock),
  ],
  settings: signInSettings,
  errors: signInErrors,
  implements: [implement(resolveSubject, resolveStaff), implement(subjectRow, (audience, now) => (audience === 'staff' ? staffRow(now) : null))],
})
