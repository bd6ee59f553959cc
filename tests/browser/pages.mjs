// One page of every kind, so that each template is opened; a kind that the site lost is a failure, not a silence.

/** @returns {[string, string][]} what the page is, its path below the root of the site */
export function kinds(files) {
  const wanted = {
    'front page': /^index\.html$/,
    'page': /^about\/index\.html$/,
    'chapter of the guide': /^guide-start\/index\.html$/,
    'workshops': /^workshops\/index\.html$/,
    'second page of a list': /^workshops\/page\/\d+\/index\.html$/,
    'workshop held': /^workshops\/literaturnoe-kraevedenie-territoriya-tvorchestva\/index\.html$/,
    'workshop ahead': /^workshops\/strategicheskaya-onlajn-sessiya\/index\.html$/,
    'plans': /^plans\/index\.html$/,
    'plan': /^plans\/tula-2024\/index\.html$/,
    'plan that orders changed': /^plans\/primer-2023\/index\.html$/,
    'plan as approved': /^plans\/primer-2023\/approved\/index\.html$/,
    'plan by month': /^plans\/tula-2024\/months\/index\.html$/,
    'plan by person': /^plans\/tula-2024\/people\/index\.html$/,
    'plan by place': /^plans\/tula-2024\/venues\/index\.html$/,
    'plan by competency': /^plans\/[^/]+\/competencies\/index\.html$/,
    'plan by output': /^plans\/primer-2023\/outputs\/index\.html$/,
    'plan, its year': /^plans\/tula-2024\/year\/index\.html$/,
    'plan for printing': /^plans\/tula-2024\/print\/index\.html$/,
    'newsletters': /^newsletters\/index\.html$/,
    'newsletter': /^newsletters\/(?!page)[^/]+\/index\.html$/,
    'practices': /^practices\/index\.html$/,
    'practice': /^practices\/(?!page)[^/]+\/index\.html$/,
    'projects': /^projects\/index\.html$/,
    'project': /^projects\/(?!page)[^/]+\/index\.html$/,
    'documents': /^documents\/index\.html$/,
    'document': /^documents\/polozhenie-profi\/index\.html$/,
    'news': /^news\/index\.html$/,
    'news item': /^news\/(?!page)[^/]+\/index\.html$/,
    'calendar': /^calendar\/index\.html$/,
    'calendar list': /^calendar\/list\/index\.html$/,
    'calendar year': /^calendar\/2024\/index\.html$/,
    'calendar month, windows': /^calendar\/2024\/10\/index\.html$/,
    'calendar month, days': /^calendar\/2015\/03\/index\.html$/,
    'archive': /^archive\/index\.html$/,
    'archive year': /^archive\/2024\/index\.html$/,
    'archive month': /^archive\/2015\/03\/index\.html$/,
    'areas': /^areas\/index\.html$/,
    'area': /^areas\/[^/]+\/index\.html$/,
    'form': /^forms\/[^/]+\/index\.html$/,
    'organisation': /^organisations\/[^/]+\/index\.html$/,
    'territory': /^territories\/[^/]+\/index\.html$/,
    'territories': /^territories\/index\.html$/,
    'who was not reached': /^territories\/coverage\/\d+\/index\.html$/,
    'people': /^people\/index\.html$/,
    'person': /^people\/[^/]+\/index\.html$/,
    'audience': /^audiences\/[^/]+\/index\.html$/,
    'competency': /^competencies\/[^/]+\/index\.html$/,
    'tag': /^tags\/[^/]+\/index\.html$/,
    'series': /^series\/[^/]+\/index\.html$/,
    'site map': /^sitemap\/index\.html$/,
    'search': /^search\/index\.html$/,
    'accessibility': /^accessibility\/index\.html$/,
  };
  return Object.entries(wanted).map(([kind, pattern]) => {
    const found = files.find(f => pattern.test(f));
    if (!found) throw new Error(`the site has no page of the kind «${kind}»`);
    return [kind, found.replace(/index\.html$/, '')];
  });
}
