// The form of a request without a browser: answers at their paths, the steps one walks through, what is wrong and where it is told.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Answers } from '../../daemon/domain/form.ts'
import { answerAt, isAnswered, rowsAt, textOf, withAnswer } from '../../dashboard/parts/form/answers.ts'
import { chosenOf, type Filled, look, mistakesAt, nameOf, rowsShown, stepsOf } from '../../dashboard/parts/form/model.ts'
import { serviceOf } from '../support/ticket-story.ts'

const filled = async (key: string, answers: Answers, more: Partial<Filled> = {}): Promise<Filled> => ({
  service: await serviceOf(key),
  answers,
  products: [],
  side: 'requester',
  was: {},
  ...more,
})

describe('answers at their paths', () => {
  it('come into being with the rows above them, and leave the others as they are', () => {
    const before: Answers = { name: 'Maya', devices: [{ model: 'R660' }] }
    const after = withAnswer(before, 'devices.2.weight', '21,5')
    assert.deepEqual(after, { name: 'Maya', devices: [{ model: 'R660' }, {}, { weight: '21,5' }] })
    assert.deepEqual(before, { name: 'Maya', devices: [{ model: 'R660' }] })
    assert.equal(answerAt(after, 'devices.2.weight'), '21,5')
    assert.equal(answerAt(after, 'devices.7.weight'), undefined)
    assert.equal(rowsAt(after, 'devices').length, 3)
  })

  it('can be taken away again', () => {
    assert.deepEqual(withAnswer({ signer: { name: 'A', nip: '1' } }, 'signer.nip', undefined), { signer: { name: 'A' } })
  })

  it('are there as they were put, whatever path and text', () => {
    const key = fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,6}$/)
    const path = fc.oneof(
      key,
      fc.tuple(key, key).map(keys => keys.join('.')),
      fc.tuple(key, fc.nat(9), key).map(keys => keys.join('.')),
    )
    fc.assert(
      fc.property(path, fc.string({ minLength: 1 }), path, fc.string({ minLength: 1 }), (first, one, second, other) => {
        fc.pre(first.split('.')[0] !== second.split('.')[0])
        const both = withAnswer(withAnswer({}, first, one), second, other)
        assert.equal(answerAt(both, first), one)
        assert.equal(answerAt(both, second), other)
      }),
    )
  })

  it('do not reach into what all objects have', () => {
    assert.equal(answerAt({}, 'constructor'), undefined)
    assert.equal(answerAt({ group: {} }, 'group.toString'), undefined)
  })

  it('are written as people here write them', () => {
    assert.equal(textOf(21.5, 'id'), '21,5')
    assert.equal(textOf(['10.1.1.1', '10.1.1.2'], 'id'), '10.1.1.1\n10.1.1.2')
    assert.equal(textOf(true, 'id'), '')
    assert.equal(isAnswered([{ model: ' ' }]), false)
    assert.equal(isAnswered([{ model: '', supplies: 2 }]), true)
  })
})

describe('a form as steps', () => {
  it('begin with what is asked for where there is a choice, and end with papers and sending', async () => {
    const many = await filled('splp', {})
    const steps = stepsOf(many, look(many), new Set())
    assert.equal(steps[0]?.key, 'products')
    assert.deepEqual(
      steps.slice(-2).map(step => step.key),
      ['papers', 'send'],
    )
    const one = await filled('colocation', {})
    assert.notEqual(stepsOf(one, look(one), new Set())[0]?.key, 'products')
    assert.deepEqual(chosenOf(one.service, []), ['colocation'])
  })

  it('hide what only officers fill in from who asks', async () => {
    const own = await filled('colocation', {})
    const keys = (one: Filled): string[] => stepsOf(one, look(one), new Set()).flatMap(step => step.fields.map(field => field.key))
    assert.ok(!keys(own).includes('letterPresent'))
    assert.ok(keys({ ...own, side: 'officer' }).includes('letterPresent'))
  })

  it('show what depends on an answer only once it was given', async () => {
    const asked = await filled('hosting', { backup: false })
    const shown = (one: Filled): string[] => stepsOf(one, look(one), new Set()).flatMap(step => step.fields.map(field => field.key))
    const before = shown(asked)
    const after = shown({ ...asked, answers: { backup: true } })
    assert.ok(after.length > before.length, `${after.join()} against ${before.join()}`)
  })

  it('tell all mistakes at once, each in its step and at its field', async () => {
    const wrong = await filled('colocation', {
      name: 'Maya',
      nip: '123',
      email: 'maya',
      addresses: '10.12.30.41\n10.12.30.4l',
      devices: [{ weight: 'berat' }],
    })
    const looked = look(wrong)
    const paths = looked.mistakes.map(one => one.path)
    for (const path of ['nip', 'email', 'addresses.1', 'devices.0.weight', 'devices.0.model', 'site', 'ports']) assert.ok(paths.includes(path), path)
    const steps = stepsOf(wrong, looked, new Set())
    const told = steps.reduce((sum, step) => sum + step.mistakes.length, 0)
    assert.equal(told, looked.mistakes.length, 'every mistake has its step')
    const network = wrong.service.form.sections.flatMap(section => section.fields).find(field => field.key === 'addresses')
    assert.ok(network !== undefined)
    const [mistake] = mistakesAt(looked.mistakes, network, 'addresses')
    assert.match(mistake?.reason.id ?? '', /huruf l, bukan angka 1/)
    const fields = wrong.service.form.sections.flatMap(section => section.fields)
    assert.equal(nameOf(fields, 'devices.0.weight', 'id'), 'Perangkat 1, Berat (kg)')
  })

  it('call a step done only when nothing is missing and something was written', async () => {
    const begun = await filled('colocation', {})
    const goods = stepsOf(begun, look(begun), new Set()).find(step => step.key === 'applicant')
    assert.equal(goods?.complete, false)
    const papers = stepsOf(begun, look(begun), new Set(['letter'])).find(step => step.key === 'papers')
    assert.equal(papers?.complete, true)
  })

  it('keep no private key that was pasted by mistake', async () => {
    const secret = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----'
    const pasted = await filled('hosting', { sshKey: secret, sshkey: secret, key: secret, name: secret })
    assert.ok(!JSON.stringify(look(pasted).clean).includes('PRIVATE'))
  })

  it('draw one row of a list that must have one, and none of a list that need not', async () => {
    const access = await serviceOf('dc-access')
    const groups = access.form.sections.flatMap(section => section.fields).flatMap(field => (field.type === 'group' ? [field] : []))
    const visitors = groups.find(field => field.key === 'visitors')
    const goods = groups.find(field => field.key === 'goods')
    assert.ok(visitors !== undefined && goods !== undefined)
    assert.equal(rowsShown(visitors, []).length, 1)
    assert.equal(rowsShown(goods, []).length, 0)
  })
})
