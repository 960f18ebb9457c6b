// The pages' front door: opens the live connection, then shows the page of the URL.
import { render } from 'preact'
import './style/index.css'
import { startLive } from './live/index.ts'
import { startRouter } from './router.ts'
import { App } from './shell/app.tsx'
import { startKeys } from './shell/keys.ts'
import { startRotation } from './shell/rotation.ts'
import { startSession } from './signin/session.ts'
import { startUpgrade } from './upgrade.ts'

const root = document.getElementById('app')
if (root === null) throw new Error('index.html has no #app')
startRouter()
startSession()
startLive()
startKeys()
startRotation()
startUpgrade()
render(<App />, root)
