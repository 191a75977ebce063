import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutQuotes } from './cut-quotes.ts'
import { replyMark } from './reply-mark.ts'

const SHOP = 'Oak Works <mceuafk2xs@reply.shop.example>'
const WORDS = 'Is the bowl turned from one piece?\nAnd how long does it take?'
const quoted = (text: string) =>
  text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n')

/** Our mail below what a client writes above it: with `>`, or bare as Outlook leaves it. */
const MAIL = `${replyMark('en')}\n\nPriya wrote to you:\n\n${quoted(WORDS)}\n\nAnswer in the chat: https://shop.example/chats`

const CLIENTS: Record<string, string> = {
  'Gmail, English': `On Fri, Nov 27, 2026 at 10:05 AM ${SHOP}\nwrote:\n\n${quoted(MAIL)}`,
  'Gmail, German': `Am Fr., 27. Nov. 2026 um 10:05 Uhr schrieb Oak Works <\nmceuafk2xs@reply.shop.example>:\n\n${quoted(MAIL)}`,
  'Gmail, Spanish': `El vie, 27 nov 2026 a las 10:05, Oak Works (<mceuafk2xs@reply.shop.example>)\nescribió:\n\n${quoted(MAIL)}`,
  'Gmail, French': `Le ven. 27 nov. 2026 à 10:05, ${SHOP} a\nécrit :\n\n${quoted(MAIL)}`,
  'Gmail, Arabic': `\u202bفي الجمعة، 27 نوفمبر 2026 في 10:05 ص تمت كتابة ما يلي بواسطة \u202aOak Works\u202c\u200f <\n\u202amceuafk2xs@reply.shop.example\u202c\u200f>:\u202c\n\n${quoted(MAIL)}`,
  'Apple Mail, English': `> On 27 Nov 2026, at 10:05, ${SHOP} wrote:\n> \n${quoted(MAIL)}`,
  'Apple Mail, German': `> Am 27.11.2026 um 10:05 schrieb ${SHOP}:\n> \n${quoted(MAIL)}`,
  'Apple Mail, Spanish': `> El 27 nov 2026, a las 10:05, ${SHOP} escribió:\n> \n${quoted(MAIL)}`,
  'Apple Mail, French': `> Le 27 nov. 2026 à 10:05, ${SHOP} a écrit :\n> \n${quoted(MAIL)}`,
  'Apple Mail, Arabic': `> في ٢٧ نوفمبر ٢٠٢٦، الساعة ١٠:٠٥ ص، كتب ${SHOP}:\n> \n${quoted(MAIL)}`,
  'Outlook, English': `________________________________\nFrom: ${SHOP}\nSent: Friday, November 27, 2026 10:05 AM\nTo: Sam <sam@mail.example>\nSubject: New message\n\n${MAIL}`,
  'Outlook, German': `Von: ${SHOP}\nGesendet: Freitag, 27. November 2026 10:05\nAn: Sam <sam@mail.example>\nBetreff: Neue Nachricht\n\n${MAIL}`,
  'Outlook, Spanish': `De: ${SHOP}\nEnviado: viernes, 27 de noviembre de 2026 10:05\nPara: Sam <sam@mail.example>\nAsunto: Mensaje nuevo\n\n${MAIL}`,
  'Outlook, French': `De : ${SHOP}\nEnvoyé : vendredi 27 novembre 2026 10:05\nÀ : Sam <sam@mail.example>\nObjet : Nouveau message\n\n${MAIL}`,
  'Outlook, Arabic': `من: ${SHOP}\nتم الإرسال: الجمعة، 27 نوفمبر 2026\nإلى: Sam <sam@mail.example>\nالموضوع: رسالة جديدة\n\n${MAIL}`,
  'Outlook for Mac': `From: ${SHOP}\nDate: Friday, 27 November 2026 at 10:05\nTo: Sam <sam@mail.example>\nSubject: New message\n\n${MAIL}`,
  'Outlook of old': `-----Original Message-----\nFrom: ${SHOP}\nSent: Friday, November 27, 2026 10:05 AM\nTo: Sam\n\n${MAIL}`,
  'Outlook of old, German': `-----Ursprüngliche Nachricht-----\nVon: ${SHOP}\nGesendet: Freitag, 27. November 2026\nAn: Sam\n\n${MAIL}`,
  'Thunderbird, English': `On 27/11/2026 10:05, Oak Works wrote:\n${quoted(MAIL)}`,
  'Thunderbird, German': `Am 27.11.26 um 10:05 schrieb Oak Works:\n${quoted(MAIL)}`,
  'Thunderbird, Spanish': `El 27/11/26 a las 10:05, Oak Works escribió:\n${quoted(MAIL)}`,
  'Thunderbird, French': `Le 27/11/2026 à 10:05, Oak Works a écrit :\n${quoted(MAIL)}`,
  'Yahoo, German': `Oak Works <mceuafk2xs@reply.shop.example> schrieb am Freitag, 27. November 2026 um 10:05:\n\n${MAIL}`,
  'Gmail, ISO dates': `Am 2026-11-27 10:05, schrieb ${SHOP}:\n${quoted(MAIL)}`,
  'our own line alone': MAIL,
  'our own line, in German': `${replyMark('de')}\n\nPriya hat Ihnen geschrieben`,
  'our own line, quoted twice': `> > ${replyMark('ar')}\n> > something`,
}

describe('an answer is cut to what its writer wrote', () => {
  test.each(Object.entries(CLIENTS))('%s', (_, below) => {
    expect(cutQuotes(`Yes, from one piece.\n\nTwo weeks.\n\n${below}`)).toBe('Yes, from one piece.\n\nTwo weeks.')
    expect(cutQuotes(`Yes, from one piece.\r\n${below.replaceAll('\n', '\r\n')}`)).toBe('Yes, from one piece.')
  })

  test('written below the quote, or between its lines', () => {
    const quote = `On 27/11/2026 10:05, Oak Works wrote:\n${quoted(WORDS)}`
    expect(cutQuotes(`${quote}\n\nYes, it is.\n`)).toBe('Yes, it is.')
    const between = 'On 27/11/2026 10:05, Oak Works wrote:\n> One piece?\nYes.\n> How long?\nTwo weeks.'
    expect(cutQuotes(between)).toBe('Yes.\nTwo weeks.')
  })

  test.each([
    'Sent from my iPhone',
    'Get Outlook for Android<https://aka.ms/x>',
    'Von meinem iPhone gesendet',
    'Gesendet mit der GMX Mail App',
    'Outlook für iOS herunterladen',
    'Enviado desde mi iPhone',
    'Obtener Outlook para Android',
    'Envoyé de mon iPhone',
    'Télécharger Outlook pour iOS',
    'أرسلت من الـ iPhone',
    '-- \nAnn Oak\nOak Works Ltd.',
    '--\nAnn Oak',
  ])('without the signature “%s”', (signature) => {
    expect(cutQuotes(`Yes, it is.\n\n${signature}\n`)).toBe('Yes, it is.')
    expect(cutQuotes(`Yes, it is.\n\n${signature}\n\n${CLIENTS['Gmail, English']}`)).toBe('Yes, it is.')
  })

  test('but keeps words that only look a little like a quote', () => {
    for (const text of [
      'On Monday I wrote you a letter, did it arrive?',
      'From: my heart, thank you.',
      'She wrote:\nnothing at all',
      'De: nada',
      'Am Montag schrieb ich Ihnen.',
      'Sent from my workshop to yours, with all the care that a bowl of this size needs on such a long way home to you',
      'price - 20 --- or so',
      'Le prix : 20 €',
    ])
      expect(cutQuotes(text)).toBe(text)
  })
})

describe('for any text', () => {
  const line = fc.string({ maxLength: 60 }).map((text) => text.replace(/[\r\n]/g, ' '))
  const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'))

  test('it answers lines of it', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...Object.values(CLIENTS)), fc.nat(12), (own, quote, at) => {
        const lines = own.split('\n')
        const mail = [...lines.slice(0, at), quote, ...lines.slice(at)].join('\n')
        const cut = cutQuotes(mail)
        const all = mail.split('\n').map((each) => each.trim())
        for (const each of cut.split('\n')) expect(['', ...all]).toContain(each.trim())
      }),
    )
  })

  test('plain words above a quote come through whole', () => {
    const word = fc.stringMatching(/^[a-zäöüéñ]{1,12}$/)
    const plain = fc.array(fc.array(word, { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(plain, fc.constantFrom(...Object.values(CLIENTS)), (lines, quote) => {
        const own = lines.map((words) => `so ${words.join(' ')}`).join('\n')
        expect(cutQuotes(`${own}\n\n${quote}`)).toBe(own)
      }),
    )
  })

  test('a long hostile mail does not take long', { timeout: 5_000 }, () => {
    const lines = [
      'On '.repeat(20_000),
      'El 27 '.repeat(20_000),
      `${'a@'.repeat(30_000)}:`,
      '> '.repeat(50_000),
      '<'.repeat(50_000),
    ]
    for (const hostile of lines) cutQuotes(Array.from({ length: 40 }, () => hostile).join('\n'))
    cutQuotes(Array.from({ length: 20_000 }, () => 'On a b c wrote').join('\n'))
  })
})
