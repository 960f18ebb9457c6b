// The timeline in a real browser, in the demonstration: a door is forced, and it stands on the open pages without asking anew; before and since part at the alarm.

import assert from 'node:assert/strict'
import type { VisitView } from '../../../daemon/domain/visit.ts'
import { axeOn } from '../../support/axe.ts'
import { until } from '../../support/daemon.ts'
import { onPages } from '../../support/on-pages.ts'

onPages('the timeline on the pages', ({ api, at, open }) => {
  it('tells of a forced door while one looks, keeps the place in the URL, and parts what came before an alarm from what came since', async () => {
    const { page, complaints, close } = await open({ locale: 'id-ID' })
    await page.goto(at('timeline'))
    const list = page.getByRole('list', { name: 'Lini masa' })
    // The visits of the demonstration stand there already.
    await list
      .getByText(/masuk: kunjungan KJ-/)
      .first()
      .waitFor({ timeout: 60_000 })
    const loads = await page.evaluate<number>("performance.getEntriesByType('navigation').length")

    // The door is forced: the open page says so by itself.
    assert.equal((await api.post('demo/door-forced', { active: true })).status, 200)
    const alarm = await api.alarm('the forced door', one => /^door-d3\/.*alarm\.state\/state$/.test(one.key), 150_000)
    await list.locator(`[data-fact="alarm:${alarm.id}"]`).waitFor({ timeout: 20_000 })
    assert.equal(await page.evaluate<number>("performance.getEntriesByType('navigation').length"), loads)

    // Only openings, only of one room: it stands in the URL, and the alarms are gone.
    await page.getByRole('button', { name: 'Pintu', exact: true }).click()
    await page.getByLabel('Tempat').selectOption({ label: 'Ruang Daya' })
    await list.locator(`[data-fact="alarm:${alarm.id}"]`).waitFor({ state: 'detached' })
    assert.match(page.url(), /kinds=opening/)
    assert.match(page.url(), /room=/)
    assert.deepEqual((await axeOn(page).analyze()).violations, [])

    // A kind of which there is nothing says so.
    await page.goto(at('timeline?kinds=note'))
    await page.getByText('Tidak ada kejadian dalam rentang ini').waitFor()

    // What staff write is there at once, stays as it was written, and is withdrawn with a reason for all to read.
    await page.getByLabel('Catatan untuk DC Demo').fill('Kipas rak A3 berbunyi')
    await page.getByRole('button', { name: 'Tulis catatan' }).click()
    await list.getByText('Kipas rak A3 berbunyi').waitFor()
    assert.deepEqual((await axeOn(page).analyze()).violations, [])
    await list.getByRole('button', { name: 'Cabut catatan' }).click()
    const asked = page.getByRole('dialog', { name: 'Cabut catatan' })
    await asked.getByLabel('Alasan').fill('rak yang lain')
    await asked.getByRole('button', { name: 'Cabut catatan' }).click()
    await list.getByText('Catatan dicabut: rak yang lain').waitFor()
    await list.locator('s', { hasText: 'Kipas rak A3 berbunyi' }).waitFor()
    assert.deepEqual((await axeOn(page).analyze()).violations, [])

    // The rack's page carries its own.
    await page.goto(at('racks/a5'))
    await page.getByRole('heading', { name: 'Lini masa rak' }).waitFor()
    await page.getByRole('list', { name: 'Lini masa rak' }).locator('li').first().waitFor()

    // Around the alarm: itself, and what was there before it began.
    await page.goto(at(`alarms?alarm=${alarm.id}`))
    const around = page.getByRole('list', { name: 'Di sekitar alarm ini' })
    await around.getByText('Sejak alarm ini mulai').waitFor()
    await around.getByText('alarm ini', { exact: true }).waitFor()
    assert.deepEqual((await axeOn(page).analyze()).violations, [])
    assert.deepEqual(complaints, [])
    await close()
  })

  it('says on a visit how many alarms began while it worked there, also on a phone', async () => {
    // The demonstration plays its visits when it has opened.
    const [inside] = await until(
      'somebody inside',
      async () => (await api.get<{ items: readonly VisitView[] }>('visits?state=inside&from=0&until=9999999999999')).items,
      items => items.length > 0,
    )
    assert.ok(inside, 'somebody of the demonstration is inside')
    const { page, complaints, close } = await open({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' })
    await page.goto(at(`visits/${inside.id}`))
    await page.getByRole('heading', { name: 'Selama kunjungan ini' }).waitFor()
    await page.getByText(/alarm (yang )?mulai selama kunjungan ini/i).waitFor()
    assert.ok(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth'), 'nothing is wider than the phone')
    await page.goto(at('timeline'))
    await page.getByRole('list', { name: 'Lini masa' }).locator('li').first().waitFor()
    assert.ok(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth'), 'nothing is wider than the phone')
    assert.deepEqual((await axeOn(page).analyze()).violations, [])
    assert.deepEqual(complaints, [])
    await close()
  })
})
