// Descriptions bound to use-cases.
import { bind, type Route } from '../../kernel/http/route.ts'
import * as account from './accounts/account-contract.ts'
import { changeProfile } from './accounts/change-profile.ts'
import { getSession, signOut } from './accounts/citizen-session.ts'
import { changeAccount, listAccounts } from './accounts/manage-accounts.ts'
import * as password from './accounts/password-contract.ts'
import { passwordState, resetPassword, setPassword, signInByPassword } from './accounts/passwords.ts'
import { sendCode, signInByCode } from './accounts/sign-in-by-code.ts'
import * as catalogue from './catalogue/catalogue-contract.ts'
import { nearbyAppeals } from './catalogue/nearby-appeals.ts'
import { portalSettings } from './catalogue/portal-settings.ts'
import { publicDirectories, publicMatter, publicMatters, suggestMatters } from './catalogue/public-matters.ts'
import * as channel from './channels/channel-contract.ts'
import { changeChannel, listChannels } from './channels/channel-register.ts'
import * as desk from './desk/desk-contract.ts'
import { listDesk } from './desk/list-channel-desk.ts'
import { finish, pick, release } from './desk/pick-submission.ts'
import { rateOwnOrder, supplementOwnOrder, urgeOwnOrder, withdrawOwnOrder } from './own/act-on-own.ts'
import * as own from './own/own-contract.ts'
import { listOwn, ownOpen, readOwn } from './own/read-own.ts'
import { queryByNumberAndCode } from './own/query-by-code.ts'
import { ownSimilar } from './submissions/own-similar.ts'
import { submitAppeal } from './submissions/submit-appeal.ts'
import * as submission from './submissions/submission-contract.ts'

export const routes: Route[] = [
  bind(account.sendPublicCode, sendCode),
  bind(account.publicSignIn, signInByCode),
  bind(password.passwordSignIn, signInByPassword),
  bind(password.passwordState, passwordState),
  bind(password.setPasswordRoute, setPassword),
  bind(password.resetPasswordRoute, resetPassword),
  bind(account.getPublicSession, getSession),
  bind(account.publicSignOut, signOut),
  bind(account.changeProfile, changeProfile),
  bind(account.listAccountsRoute, listAccounts),
  bind(account.changeAccountRoute, changeAccount),
  bind(catalogue.portalSettings, portalSettings),
  bind(catalogue.publicDirectories, publicDirectories),
  bind(catalogue.publicMatters, publicMatters),
  bind(catalogue.suggestMatters, suggestMatters),
  bind(catalogue.publicMatter, publicMatter),
  bind(catalogue.nearbyAppeals, nearbyAppeals),
  bind(channel.listChannelsRoute, listChannels),
  bind(channel.changeChannelRoute, changeChannel),
  bind(desk.listChannelDesk, listDesk),
  bind(desk.pickSubmission, pick),
  bind(desk.releaseSubmission, release),
  bind(desk.finishSubmission, finish),
  bind(submission.submitAppealRoute, submitAppeal),
  bind(submission.ownOpenRoute, ownOpen),
  bind(submission.ownSimilarRoute, ownSimilar),
  bind(own.listOwnOrders, listOwn),
  bind(own.getOwnOrder, readOwn),
  bind(own.supplementOwn, supplementOwnOrder),
  bind(own.urgeOwn, urgeOwnOrder),
  bind(own.withdrawOwn, withdrawOwnOrder),
  bind(own.rateOwn, rateOwnOrder),
  bind(own.queryByCode, queryByNumberAndCode),
]
