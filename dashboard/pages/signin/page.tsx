// /signin: the sign-in has an address of its own; whoever is in already goes on to the first page.
import { SignInPage } from '../../signin/page.tsx'

export default SignInPage
