from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from gazetteer.place import Precision
from gazetteer.store import open_gazetteer
from routes.extract.dates.dates import find_dates
from routes.extract.forces.deployments import find_deployments
from routes.extract.places.mentions import find_places
from routes.extract.text.language import load_language
from routes.extract.text.parsing import parse_sentences
from routes.extract.text.sentences import split_sentences
from routes.extract.text.sizes import find_sizes, find_vague
from routes.model import Deployment, Report

if TYPE_CHECKING:
    pass

Extract = "Callable[[str], tuple[Deployment, ...]]"


@pytest.fixture(scope="module")
def extract() -> Extract:
    gazetteer, language = open_gazetteer(), load_language()

    def run(text: str) -> tuple[Deployment, ...]:
        report = Report(id="r", text=text, sha256=sha256(text.encode()).hexdigest())
        sentences = split_sentences(text)
        places = find_places(report, sentences, gazetteer)
        parsed, _ = parse_sentences(report, sentences, places, language)
        return find_deployments(report, parsed, places, find_dates(text, None))

    return run


# text, then for each deployment: place, status, smallest and largest size
ROWS: list[tuple[str, list[tuple[str, str, int | None, int | None]]]] = [
    # sent
    ("Kenya sent 200 soldiers to Somalia in May.", [("Somalia", "completed", 200, 200)]),
    ("France has deployed about 1,000 troops to Romania.", [("Romania", "completed", 1000, 1000)]),
    ("Some 300 Portuguese marines were dispatched to Mozambique.", [("Mozambique", "completed", 300, 300)]),
    ("Two battalions have been moved to Poland by the Italian army.", [("Poland", "completed", None, None)]),
    ("Between 100 and 200 Turkish advisers were flown to Tripoli, Libya.", [("Tripoli", "completed", 100, 200)]),
    ("More than 5,000 Ethiopian soldiers were sent to Sudan.", [("Sudan", "completed", 5000, None)]),
    ("Up to 600 British troops have been stationed in Estonia.", [("Estonia", "completed", None, 600)]),
    ("Norway dispatched a dozen instructors to Latvia.", [("Latvia", "completed", 12, 12)]),
    ("The 12th Infantry Brigade was redeployed to Finland.", [("Finland", "completed", None, None)]),
    ("A Rwandan contingent of 1,500 arrived in Mozambique.", [("Mozambique", "completed", 1500, 1500)]),
    ("Wagner mercenaries landed in Mali.", [("Mali", "completed", None, None)]),
    (
        "Spain has sent the frigate Navarra on a mission to Lebanon with 400 soldiers deployed to Cyprus.",
        [("Lebanon", "completed", None, None), ("Cyprus", "completed", 400, 400)],
    ),
    ("500 Polish peacekeepers sent to Kosovo, minister says", [("Kosovo", "completed", 500, 500)]),
    ("A jet landed in Bamako. It also carried in 90 mercenaries of Mali's ally.", [("Bamako", "completed", 90, 90)]),
    ("300 Greek soldiers go to Chad", [("Chad", "completed", 300, 300)]),
    ("What is left of the Wagner Group has been deployed to Libya.", [("Libya", "completed", None, None)]),
    # to be sent
    ("Canada will send 1,200 soldiers to Latvia next year.", [("Latvia", "planned", 1200, 1200)]),
    ("Germany plans to station a brigade in Lithuania.", [("Lithuania", "planned", None, None)]),
    ("Denmark is expected to deploy 800 troops to Latvia.", [("Latvia", "planned", 800, 800)]),
    # there
    ("About 2,000 American soldiers are stationed in Kuwait.", [("Kuwait", "ongoing", 2000, 2000)]),
    ("Italian troops are based in Djibouti.", [("Djibouti", "ongoing", None, None)]),
    ("Burundian soldiers are fighting in Somalia.", [("Somalia", "ongoing", None, None)]),
    (
        "The 3rd Infantry Battalion remains in Kosovo, where 150 Swiss soldiers serve.",
        [("Kosovo", "ongoing", None, None), ("Kosovo", "ongoing", 150, 150)],
    ),
    ("Ten thousand Colombian mercenaries fight in Yemen.", [("Yemen", "ongoing", 10000, 10000)]),
    ("Britain has a garrison of 1,200 soldiers in Cyprus.", [("Cyprus", "ongoing", 1200, 1200)]),
    ("China maintains a military presence in Djibouti.", [("Djibouti", "ongoing", None, None)]),
    ("A buildup of Egyptian forces in Libya worries diplomats.", [("Libya", "ongoing", None, None)]),
    ("The destroyer HMS Duncan is patrolling off Yemen.", [("off Yemen", "ongoing", None, None)]),
    ("Turkish drones circle the Libyan coast.", [("off Libya", "ongoing", None, None)]),
    ("Dutch warships patrol the Red Sea.", [("Red Sea", "ongoing", None, None)]),
    ("With French forces active in Niger, the rebels kept away.", [("Niger", "ongoing", None, None)]),
    ("A fleet of 12 warships assembled in the Baltic Sea has left nobody calm.", [("Baltic Sea", "ongoing", 12, 12)]),
    ("About 700 Nepalis already serve in the force that India leads in Lebanon.", [("Lebanon", "ongoing", 700, 700)]),
    ("UNIFIL has 10,000 peacekeepers in Lebanon.", [("Lebanon", "ongoing", 10000, 10000)]),
    ("The bases in Mali are still held by 600 Chadian soldiers.", [("Mali", "ongoing", 600, 600)]),
    ("The Italian destroyer Duilio has taken up station in the Red Sea.", [("Red Sea", "ongoing", None, None)]),
    # gone
    ("The blue helmets have quit Mali.", [("Mali", "withdrawn", None, None)]),
    ("France withdrew its troops from Niger.", [("Niger", "withdrawn", None, None)]),
    ("The last 1,400 French soldiers left Niger in December.", [("Niger", "withdrawn", 1400, 1400)]),
    ("The UN mission pulled out of Mali.", [("Mali", "withdrawn", None, None)]),
    ("The withdrawal of Czech troops from Mali was complete.", [("Mali", "withdrawn", None, None)]),
    ("The first lorries of the Chadian contingent rolled out of Kinshasa.", [("Kinshasa", "withdrawn", None, None)]),
    ("Denmark will withdraw its 100 soldiers from Mali.", [("Mali", "planned", 100, 100)]),
    # denied, attempted
    ("Belarus denied that it had sent troops to Ukraine.", [("Ukraine", "denied", None, None)]),
    # told of by the base or country that holds them
    ("The base at Gyumri still has around 3,000 men.", [("Gyumri", "ongoing", 3000, 3000)]),
    ("Chad hosts 300 French soldiers.", [("Chad", "ongoing", 300, 300)]),
    ("Bahrain is home to the U.S. Fifth Fleet.", [("Bahrain", "ongoing", None, None)]),
    ("Niger, once home to 1,500 French soldiers, is quiet.", [("Niger", "completed", 1500, 1500)]),
    ("Camp Lemonnier in Djibouti houses roughly 4,000 personnel.", [("Camp Lemonnier", "ongoing", 4000, 4000)]),
    ("France has handed back its last base in Senegal.", [("Senegal", "withdrawn", None, None)]),
    ("The Americans closed their base in Iceland in 2006.", [("Iceland", "withdrawn", None, None)]),
    # held, kept, spread, armed with
    ("Britain has 120 troops at Tapa in Estonia.", [("Tapa", "ongoing", 120, 120)]),
    ("Italy maintains a garrison of about 300 in Niamey.", [("Niamey", "ongoing", 300, 300)]),
    ("Kenya has nearly 700 officers in Port-au-Prince.", [("Port-au-Prince", "ongoing", 700, 700)]),
    ("Some 1,500 Russian fighters are spread across Mali.", [("Mali", "ongoing", 1500, 1500)]),
    ("India keeps two frigates in the Gulf of Aden.", [("Gulf of Aden", "ongoing", 2, 2)]),
    ("Norway sent four F-35s to Poland for the winter.", [("Poland", "completed", 4, 4)]),
    ("EU monitors, some 200 of them, patrol Armenia.", [("Armenia", "ongoing", 200, 200)]),
    (
        "Paris has troops in only two countries, Djibouti and Gabon.",
        [("Djibouti", "ongoing", None, None), ("Gabon", "ongoing", None, None)],
    ),
    (
        "A private American firm with 200 contractors guards an oilfield in South Sudan.",
        [("South Sudan", "ongoing", 200, 200)],
    ),
    (
        "The destroyer HMS Duncan, with 40 marines aboard, is on station off Lebanon.",
        [("off Lebanon", "ongoing", None, None), ("off Lebanon", "ongoing", 40, 40)],
    ),
    (
        "The German brigade is in Latvia, where 300 Danish soldiers run its radars.",
        [("Latvia", "ongoing", None, None), ("Latvia", "ongoing", 300, 300)],
    ),
    ("Belarus has 2,000 Russian soldiers on its soil.", [("Belarus", "ongoing", 2000, 2000)]),
    ("Ugandan units hold Bunia.", [("Bunia", "ongoing", None, None)]),
    ("Sweden approved sending up to 600 soldiers to Latvia.", [("Latvia", "planned", None, 600)]),
    ("A general was deployed to Guinea with about 120 Malian soldiers.", [("Guinea", "completed", 120, 120)]),
    ("With American forces active in the Suwałki region, Berlin sent nobody.", [("Suwałki", "ongoing", None, None)]),
    ("Ninety police officers from Rwanda landed in Mozambique.", [("Mozambique", "completed", 90, 90)]),
    # their number
    ("The number of American troops in Iraq fell to 2,500.", [("Iraq", "ongoing", 2500, 2500)]),
    ("American troop levels in Iraq are to fall from 2,500 to fewer than 1,000.", [("Iraq", "planned", None, 1000)]),
    ("The French force in Chad numbered about 1,000.", [("Chad", "completed", 1000, 1000)]),
    ("Russia has not withdrawn its 1,500 soldiers from Moldova.", [("Moldova", "ongoing", 1500, 1500)]),
    (
        "Rome has 300 soldiers in Latvia. Another 90 will arrive in May.",
        [("Latvia", "ongoing", 300, 300), ("Latvia", "planned", 90, 90)],
    ),
    (
        "Italy has 300 soldiers in Latvia, and Greece has 90 there.",
        [("Latvia", "ongoing", 300, 300), ("Latvia", "ongoing", 90, 90)],
    ),
    ("France kept a garrison in Djibouti of 4,000.", [("Djibouti", "completed", 4000, 4000)]),
    ("Uruguay's battalion in Goma, about 750 men, has been idle.", [("Goma", "ongoing", 750, 750)]),
    ("China's 47th escort group, three ships, remains off Somalia.", [("off Somalia", "ongoing", 3, 3)]),
    ("A British liaison cell of fewer than ten officers remains in Bamako.", [("Bamako", "ongoing", None, 10)]),
    ("Half a million of its soldiers were in Germany.", [("Germany", "completed", 500_000, 500_000)]),
    ("American drones have been flying out of Niger.", [("Niger", "ongoing", None, None)]),
    ("Poland has sent 500 soldiers to its border with Belarus.", [("Poland", "completed", 500, 500)]),
    ("Spain has sent four Eurofighters to Zaragoza in Spain.", [("Zaragoza", "completed", 4, 4)]),
    (
        "China keeps more than 1,000 missiles on the coast of Fujian; it would need more to win.",
        [("Fujian", "ongoing", 1000, None)],
    ),
    (
        "About 160 Danish and 120 Norwegian troops serve in Narva.",
        [("Narva", "ongoing", 160, 160), ("Narva", "ongoing", 120, 120)],
    ),
    (
        "Some 14,000 soldiers and 3,000 police are in Mali.",
        [("Mali", "ongoing", 14_000, 14_000), ("Mali", "ongoing", 3000, 3000)],
    ),
    ("The 102nd base in Gyumri, with 3,000 to 4,000 men, stays.", [("Gyumri", "ongoing", 3000, 4000)]),
    ("A battalion of 550 has taken up its post in Latvia.", [("Latvia", "ongoing", 550, 550)]),
    ("A diplomat claimed that Russia had 10,000 soldiers in Abkhazia.", [("Abkhazia", "ongoing", 10_000, 10_000)]),
    ("Italy had 300 soldiers at Camp Zebedee, in the north of Latvia.", [("Latvia", "completed", 300, 300)]),
    (
        "The mandate in Mali goes on; the EU training mission there has 600 instructors.",
        [("Mali", "ongoing", 600, 600)],
    ),
    ("Spain has kept a Patriot battery at Incirlik.", [("Incirlik Air Base", "ongoing", None, None)]),
    ("Britain is to double its force in Estonia.", [("Estonia", "ongoing", None, None)]),
    ("Chad has reinforced its frontier, sending two thousand men to Abéché.", [("Abéché", "completed", 2000, 2000)]),
    (
        "Italy has 300 soldiers in Latvia. Fifteen others are in Narva.",
        [("Latvia", "ongoing", 300, 300), ("Narva", "ongoing", 15, 15)],
    ),
    ("The army said that the multinational force in Kosovo had grown to 4,800.", [("Kosovo", "ongoing", 4800, 4800)]),
    ("The last soldiers who are to be moved to Guam are Danish.", [("Guam", "planned", None, None)]),
    ("Italian soldiers will remain in Kosovo.", [("Kosovo", "ongoing", None, None)]),
    ("China maintains a naval base in Djibouti.", [("Djibouti", "ongoing", None, None)]),
    ("Nigeria's contingent in Liberia, 270 soldiers strong, will be doubled.", [("Liberia", "ongoing", 270, 270)]),
    ("The garrison, 1,500 men on Choiseul, surrendered.", [("Choiseul", "ongoing", 1500, 1500)]),
    ("Under the plan up to 350 Czech soldiers would serve in Slovakia.", [("Slovakia", "planned", None, 350)]),
    ("Finland will leave 60 soldiers in Kosovo.", [("Kosovo", "planned", 60, 60)]),
    ("The Australian navy has a patrol boat in Honiara.", [("Honiara", "ongoing", None, None)]),
    ("A French force of perhaps 300 is fighting in Mali.", [("Mali", "ongoing", 300, 300)]),
    (
        "Uganda has 4,000 soldiers in Niger and another 6,000 in Chad.",
        [("Niger", "ongoing", 4000, 4000), ("Chad", "ongoing", 6000, 6000)],
    ),
    # gone
    ("The drawdown of American forces in Iraq began.", [("Iraq", "withdrawn", None, None)]),
    ("Kenyan soldiers who had been sent to Haiti went home in 2023.", [("Haiti", "withdrawn", None, None)]),
    ("Forty airmen came home after six months at Camp Lemonnier.", [("Camp Lemonnier", "withdrawn", 40, 40)]),
    ("The Italian Patriot battery in Slovakia went home last year.", [("Slovakia", "withdrawn", None, None)]),
    ("The French soldiers in Chad have left.", [("Chad", "withdrawn", None, None)]),
    ("The last Danish soldiers flew home from Mogadishu.", [("Mogadishu", "withdrawn", None, None)]),
    ("Germany pulled its last troops out of Niger.", [("Niger", "withdrawn", None, None)]),
    ("Burundi denied that it had any troops in Ukraine.", [("Ukraine", "denied", None, None)]),
    ("Latvia denied that Russian troops were on its soil.", [("Latvia", "denied", None, None)]),
    # no deployment
    ("Italy has 300 soldiers in Latvia. Rome has put $30 million into Riga.", [("Latvia", "ongoing", 300, 300)]),
    ("Kenya has a base in Nairobi.", []),
    ("The charity opened a base in Lilongwe.", []),
    ("Nor were there any Belarusian soldiers in Gomel, the governor said.", []),
    ("Soldiers were posted on the road to Gomel.", []),
    ("Former marines run a gym in San Diego.", []),
    ("A monument to Soviet troops in Riga was pulled down.", []),
    ("Lufthansa keeps 14 planes in the desert at Alice Springs.", []),
    ("The firm sent 30 pilots and 200 crew to Doha.", []),
    ("The ship, with 174 crew, is in Devonport.", []),
    ("Sudanese mercenaries in the pay of Libya were jailed.", []),
    ("Three Chicago police officers were in the hospital in Peoria.", []),
    ("Some 300 staff are based in Oslo.", []),
    ("The firm sent 40 engineers to Houston.", []),
    ("Its fleet of 12 tankers is stationed in Rotterdam.", []),
    ("The club sent a squad of 26 players to Doha.", []),
    ("An army of tourists occupies Venice.", []),
    ("An armada of yachts gathered in Sydney.", []),
    # bases given up
    ("The garrison at Kosti was given up last month.", [("Kosti", "withdrawn", None, None)]),
    ("The outpost at Kosti is said to have been given up in May.", [("Kosti", "withdrawn", None, None)]),
    ("The outpost at Kosti, maybe 80 men, was given up.", [("Kosti", "withdrawn", 80, 80)]),
    ("The garrison in Kosti, about 300 soldiers, remains.", [("Kosti", "ongoing", 300, 300)]),
    ("The army has given up its outpost at Kosti.", [("Kosti", "withdrawn", None, None)]),
    (
        "The base at Kosti was closed on the 19th and its 90 Kenyan soldiers were pulled back by road.",
        [("Kosti", "withdrawn", 90, 90)],
    ),
    ("The camp at Kosti was shut and its 200 soldiers flew home.", [("Kosti", "withdrawn", 200, 200)]),
    ("The mission works in Chad. The base at Ulmokrat was closed and its 90 soldiers were withdrawn.", []),
    ("The base at Kosti was closed on 19 May.", []),
    ("A battalion of stylists was sent to Milan.", []),
    ("The campaign has boots on the ground in Iowa.", []),
    ("Two hundred firefighters from Portugal were sent to Greece.", []),
    ("Police officers stood outside the court in Paris.", []),
    ("Fourteen officers were sent to a house in Derby.", []),
    ("Peace Corps volunteers serve in Togo.", []),
    ("A strike force of lawyers from London descended on The Hague.", []),
    ("Two French soldiers were killed in Mali.", []),
    ("A Russian missile hit a market in Kharkiv.", []),
    ("The Panama-flagged ship with a crew of 24 is anchored off Fujairah.", []),
    ("Crews of two Norwegian trawlers remain in Murmansk.", []),
    ("British Airways has four aircraft in Nairobi.", []),
    ("A jet left Oslo with 96 Hondurans aboard.", []),
    ("Chad asked Paris for 300 more troops in Faya.", []),
    ("If Russia sends troops to Mali, the talks are over.", []),
    ("Russia might send soldiers to Mali.", []),
    ("No French soldiers were sent to Mali.", []),
    ("Rather than send soldiers to Mali, France sent money.", []),
    ("There is no proof that 300 soldiers were sent to Mali.", []),
    ("Should NATO deploy troops to Ukraine?", []),
    ("Police officers in Nairobi arrested two men.", []),
    ("The company is based in Oslo and has 400 staff.", []),
    ("The ship sailed from Varna to Batumi with 20 men.", []),
    ("A spokesman for the army in Oslo declined to comment.", []),
    ("The mission of the school in Lagos is to teach.", []),
    ("Market forces in Japan pushed prices up.", []),
    ("The flotilla called at Mumbai and Jakarta.", []),
    ("About 60 women went to Gaza with aid.", []),
    ("A Peruvian company operates in Bolivia.", []),
    ("Peruvian military aircraft have flown to Havana.", []),
    ("About 900 soldiers were moved to the United States Northern Command.", []),
    ("The Dutch frigate Evertsen left Rotterdam for Singapore.", []),
    ("The frigate Evertsen stayed in Lisbon for two days.", []),
    ("The jet landed in Dakar with 30 passengers.", []),
    ("Moscow has sent no soldiers to Bamako.", []),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_forces_at_places(extract: Extract, text: str, expected: list[tuple[str, str, int | None, int | None]]) -> None:
    found = extract(text)
    assert [(d.position.name, d.status.value, d.size_min, d.size_max) for d in found] == expected


def test_everything_a_deployment_tells(extract: Extract) -> None:
    text = (
        "According to diplomats, a senior Malian general, Moussa Keita, was sent to Guinea to head a mission of"
        " roughly 90 soldiers. He has not spoken."
    )
    (found,) = extract(text)
    assert (found.size_min, found.size_max, found.size_text) == (90, 90, "roughly 90")
    assert found.commander == "Moussa Keita"
    assert found.attribution == "diplomats"
    assert found.certainty.value == "attributed"
    assert text[found.span.start : found.span.end] == found.text == "Guinea"
    for evidence in found.evidence:
        assert text[evidence.span.start : evidence.span.end] == evidence.quote
    assert found.id.startswith("c-")
    assert found.reasons


def test_the_same_force_is_told_once(extract: Extract) -> None:
    found = extract(
        "Italy has built up a military presence in Niger. The Italian forces in Niger train recruits."
        " About 300 Italian soldiers are based in Niger."
    )
    assert [(d.position.name, d.size_min, len(d.evidence)) for d in found] == [("Niger", 300, 3)]


def test_sizes_by_stage_stay_apart(extract: Extract) -> None:
    found = extract("There are 60 Danish soldiers in Latvia today. The figure is to reach 200 by December.")
    assert [(d.size_min, d.status.value) for d in found] == [(60, "ongoing"), (200, "planned")]


def test_the_country_means_the_one_spoken_of(extract: Extract) -> None:
    found = extract("Talks on Chad went on. Hungary has sent 200 soldiers to the country.")
    assert [(d.position.name, d.size_min) for d in found] == [("Chad", 200)]


def test_off_a_coast_is_at_sea(extract: Extract) -> None:
    (found,) = extract("The destroyer USS Porter patrols off the coast of Syria.")
    assert found.position.precision is Precision.SEA
    assert found.unit == "USS Porter"


def test_a_government_is_no_place(extract: Extract) -> None:
    assert extract("Moscow deployed soldiers, and Washington withdrew its envoy.") == ()


@pytest.mark.parametrize(
    ("text", "sizes", "vague"),
    [
        ("some 100 mercenaries", [(100, 100)], None),
        ("more than 5,000 troops", [(5000, None)], None),
        ("twenty thousand fighters", [(20000, 20000)], None),
        ("one hundred and twenty men", [(120, 120)], None),
        ("between 100 and 200 men", [(100, 200)], None),
        ("100–200 men", [(100, 200)], None),
        ("20 to 30 advisers", [(20, 30)], None),
        ("about a dozen", [(12, 12)], None),
        ("half a dozen jets", [(6, 6)], None),
        ("up to 900", [(None, 900)], None),
        ("fewer than 50 men", [(None, 50)], None),
        ("at least 1.5 thousand", [(1500, None)], None),
        ("a 5,000-strong brigade", [(5000, 5000)], None),
        ("1,200 men and 300 women", [(1200, 1200), (300, 300)], None),
        ("hundreds of troops", [], "hundreds"),
        ("several hundred soldiers", [], "several hundred"),
        ("dozens of tanks", [], "dozens"),
        ("the 45th brigade of F-16s and B-52 crews", [], None),
        ("a quarter of a million troops", [(250_000, 250_000)], None),
        ("half a million men", [(500_000, 500_000)], None),
        ("two to three hundred men", [(200, 300)], None),
        ("4-5,000 men", [(4000, 5000)], None),
        ("between 4 and 5 thousand", [(4000, 5000)], None),
        ("300-odd men", [(300, 300)], None),
        ("a hundred or so advisers", [(100, 100)], None),
        ("some three dozen", [(36, 36)], None),
    ],
)
def test_written_numbers(text: str, sizes: list[tuple[int | None, int | None]], vague: str | None) -> None:
    assert [(s.low, s.high) for s in find_sizes(text)] == sizes
    assert (find_vague(text, 0, len(text)) if not sizes else None) == vague


@pytest.mark.parametrize(
    "text", ["troops in Mali " * 400, "TROOPS SENT TO MALI " * 200, "sent troops, " * 500, "1,000 " * 2000]
)
def test_odd_text_does_not_crash(extract: Extract, text: str) -> None:
    extract(text)
