"""Reports in our own words about made-up events: near copies, coarse versions, disputes, denials, namesakes.

Each report stands with the claims a careful reader takes from it, marked with the event they tell of.
"""

from __future__ import annotations

from tests.corroboration.dsl import force, told, trip

REPORTS = (
    # -- a flight told by six: the long way, a near copy, another date, countries only, one stop, on to Cuba
    told(
        "il76-long",
        "Harbour Post",
        "2025-10-28",
        """A Russian Ilyushin Il-76 freighter with the registration RA-76499 left Moscow on October 22, 2025 and stopped
        in Yerevan, Algiers and Dakar before it landed in Caracas on October 26. Crates were unloaded through the night.
        Airport workers were told to keep away from the apron until morning.""",
        trip(
            "il76-oct",
            "Ilyushin Il-76",
            "air",
            "Moscow@2025-10-22 > Yerevan > Algiers > Dakar > Caracas@2025-10-26",
            operator="Russia",
            identifiers=("RA-76499",),
            carrier_type="aircraft",
        ),
    ),
    told(
        "il76-copy",
        "Valley Gazette",
        "2025-10-28",
        """A Russian Ilyushin Il-76 freighter with the registration RA-76499 left Moscow on October 22, 2025 and stopped
        in Yerevan, Algiers and Dakar before it landed in Caracas on October 26. Crates were unloaded overnight.
        Airport workers were told to keep away from the apron until morning.""",
        trip(
            "il76-oct",
            "Ilyushin Il-76",
            "air",
            "Moscow@2025-10-22 > Yerevan > Algiers > Dakar > Caracas@2025-10-26",
            operator="Russia",
            identifiers=("RA-76499",),
            carrier_type="aircraft",
        ),
    ),
    told(
        "il76-24th",
        "Inland Times",
        "2025-10-29",
        """The cargo plane, an Il-76TD, departed from Moscow on October 24, 2025. It touched down in Caracas two days
        later, an airport official said.""",
        trip(
            "il76-oct",
            "Il-76TD",
            "air",
            "Moscow@2025-10-24 > Caracas@2025-10-26",
            certainty="attributed",
            attribution="an airport official",
            carrier_type="aircraft",
        ),
    ),
    told(
        "il76-countries",
        "Lake Radio",
        "2025-10-28",
        """A Russian transport plane flew from Russia to Venezuela on October 26, 2025, the defence minister told
        lawmakers. He gave no details of what it carried.""",
        trip(
            "il76-oct",
            "Russian transport plane",
            "air",
            "Russia > Venezuela@2025-10-26",
            certainty="attributed",
            attribution="the defence minister",
            carrier_type="aircraft",
        ),
    ),
    told(
        "il76-short",
        "Morning Ledger",
        "2025-10-27",
        """An Ilyushin 76 landed in Caracas on Sunday, October 26, 2025. Soldiers closed the road to the terminal.""",
        trip("il76-oct", "Ilyushin 76", "air", "Caracas@2025-10-26", carrier_type="aircraft"),
    ),
    told(
        "il76-cuba",
        "Coast Herald",
        "2025-10-31",
        """The Ilyushin Il-76 that reached Caracas on October 26, 2025 took off again and landed in Havana on
        October 28. A second crew was waiting there.""",
        trip(
            "il76-oct",
            "Ilyushin Il-76",
            "air",
            "Caracas@2025-10-26 > Havana@2025-10-28",
            carrier_type="aircraft",
        ),
    ),
    # -- the same aircraft a month later
    told(
        "il76-again",
        "Harbour Post",
        "2025-11-27",
        """The Il-76 registered RA-76499 was back in Caracas on November 25, 2025. It had left Moscow on November 22 and
        refuelled in Algiers.""",
        trip(
            "il76-nov",
            "Il-76",
            "air",
            "Moscow@2025-11-22 > Algiers > Caracas@2025-11-25",
            identifiers=("RA-76499",),
            carrier_type="aircraft",
        ),
    ),
    told(
        "il76-again-brief",
        "Inland Times",
        "2025-11-26",
        """A Russian Il-76 freighter landed in Caracas on November 25, 2025, its second visit this autumn.""",
        trip("il76-nov", "Russian Il-76 freighter", "air", "Caracas@2025-11-25", carrier_type="aircraft"),
    ),
    # -- another aircraft of that type, elsewhere on the same day
    told(
        "il76-bamako",
        "Sahel Wire",
        "2025-10-27",
        """A Russian Il-76 flew from Sochi to Bamako on October 26, 2025 with rations for the garrison.""",
        trip(
            "il76-mali",
            "Russian Il-76",
            "air",
            "Sochi > Bamako@2025-10-26",
            cargo="rations",
            carrier_type="aircraft",
        ),
    ),
    # -- a ship: another spelling, one report citing another, the countries alone
    told(
        "asha-departs",
        "Black Sea Courier",
        "2024-08-02",
        """The bulk carrier Asha Star sailed from Odesa on August 1, 2024 with corn for Beira. The ship, IMO 9412345,
        flies the flag of Liberia.""",
        trip(
            "asha",
            "bulk carrier Asha Star",
            "sea",
            "Odesa@2024-08-01 > Beira",
            status="ongoing",
            identifiers=("IMO 9412345",),
            operator="Liberia",
            cargo="corn",
            carrier_type="vessel",
        ),
    ),
    told(
        "asha-istanbul",
        "Strait Daily",
        "2024-08-04",
        """The Asha Star, which left Odesa on August 1, 2024, anchored off Istanbul on August 3 for inspection,
        according to the Black Sea Courier.""",
        trip("asha", "Asha Star", "sea", "Odesa@2024-08-01 > Istanbul@2024-08-03", carrier_type="vessel"),
    ),
    told(
        "asha-misspelt",
        "Grain Bulletin",
        "2024-08-05",
        """Bulker Asha Starr departed Odesa on August 2, 2024 carrying maize bound for Beira.""",
        trip(
            "asha",
            "Bulker Asha Starr",
            "sea",
            "Odesa@2024-08-02 > Beira",
            status="ongoing",
            cargo="maize",
            carrier_type="vessel",
        ),
    ),
    # -- namesakes: a tanker and a cruise ship in one port in one week
    told(
        "victoria-tanker",
        "Aegean Log",
        "2024-05-05",
        """The Liberian-flagged oil tanker Victoria arrived in Piraeus on May 3, 2024 from Tartus.""",
        trip(
            "victoria-oil",
            "Liberian-flagged oil tanker Victoria",
            "sea",
            "Tartus > Piraeus@2024-05-03",
            carrier_type="vessel",
        ),
    ),
    told(
        "victoria-tanker-port",
        "Oil Weekly",
        "2024-05-06",
        """Port records show that the tanker Victoria, IMO 9300001, docked in Piraeus on May 3, 2024.""",
        trip(
            "victoria-oil",
            "tanker Victoria",
            "sea",
            "Piraeus@2024-05-03",
            certainty="attributed",
            attribution="port records",
            identifiers=("IMO 9300001",),
            carrier_type="vessel",
        ),
    ),
    told(
        "victoria-cruise",
        "Travel Sheet",
        "2024-05-05",
        """The Maltese-flagged cruise ship Victoria docked in Piraeus on May 4, 2024, coming from Civitavecchia.""",
        trip(
            "victoria-cruise",
            "Maltese-flagged cruise ship Victoria",
            "sea",
            "Civitavecchia > Piraeus@2024-05-04",
            carrier_type="vessel",
        ),
    ),
    told(
        "victoria-cruise-guests",
        "Island Mail",
        "2024-05-06",
        """Some 900 guests of the cruise liner Victoria went ashore in Piraeus on May 4, 2024. She had come from
        Civitavecchia.""",
        trip(
            "victoria-cruise",
            "cruise liner Victoria",
            "sea",
            "Civitavecchia > Piraeus@2024-05-04",
            carrier_type="vessel",
        ),
    ),
    # -- a flight that is denied
    told(
        "an124-misrata",
        "Gulf Monitor",
        "2023-09-14",
        """An Antonov An-124 landed in Misrata on September 12, 2023 after a flight from Istanbul, witnesses said.""",
        trip(
            "an124",
            "Antonov An-124",
            "air",
            "Istanbul > Misrata@2023-09-12",
            certainty="attributed",
            attribution="witnesses",
            carrier_type="aircraft",
        ),
    ),
    told(
        "an124-denied",
        "State Agency",
        "2023-09-15",
        """The government denied that an An-124 had flown to Misrata on September 12, 2023.""",
        trip(
            "an124",
            "An-124",
            "air",
            "Misrata@2023-09-12",
            status="denied",
            certainty="attributed",
            attribution="The government",
            carrier_type="aircraft",
        ),
    ),
    told(
        "an124-libya",
        "Desert Star",
        "2023-09-14",
        """A giant Antonov 124 freighter flew to Libya on September 13, 2023, two pilots told the Desert Star.""",
        trip(
            "an124",
            "Antonov 124 freighter",
            "air",
            "Libya@2023-09-13",
            certainty="attributed",
            attribution="two pilots",
            carrier_type="aircraft",
        ),
    ),
    # -- advisers: three sizes
    told(
        "advisers-120",
        "Sahel Wire",
        "2024-03-10",
        """Russia has sent 120 military advisers to Mali under General Viktor Sorokin, a diplomat said.""",
        force(
            "advisers",
            "Russian military advisers",
            "Mali",
            size=120,
            commander="Viktor Sorokin",
            certainty="attributed",
            attribution="a diplomat",
        ),
    ),
    told(
        "advisers-400",
        "Lake Radio",
        "2024-03-12",
        """As many as 400 Russian advisers have been deployed to Bamako, a lawmaker claimed.""",
        force(
            "advisers",
            "Russian advisers",
            "Bamako",
            size=400,
            certainty="attributed",
            attribution="a lawmaker",
        ),
    ),
    told(
        "advisers-range",
        "Morning Ledger",
        "2024-03-14",
        """Between 100 and 150 Russian instructors led by General Sorokin are based in Mali.""",
        force(
            "advisers", "Russian instructors", "Mali", size=(100, 150), commander="General Sorokin", status="ongoing"
        ),
    ),
    # -- another army in the same country
    told(
        "french-mali",
        "Inland Times",
        "2024-03-11",
        """A hundred French soldiers remain in Bamako to guard the embassy.""",
        force("french-mali", "French soldiers", "Bamako", size=100, status="ongoing"),
    ),
    # -- a fleet at sea
    told(
        "frigates",
        "Strait Daily",
        "2024-01-20",
        """Two Italian warships are patrolling the Red Sea to escort merchant ships.""",
        force("italian-navy", "Italian warships", "Red Sea", status="ongoing"),
    ),
    told(
        "frigates-again",
        "Oil Weekly",
        "2024-01-24",
        """Italy's navy has deployed warships to the Red Sea, where tankers have come under fire.""",
        force("italian-navy", "Italian navy warships", "Red Sea", status="ongoing"),
    ),
    # -- a convoy by land: cities, countries, another arrival
    told(
        "convoy",
        "Great Lakes Review",
        "2025-02-06",
        """A convoy of United Nations trucks drove from Goma to Kigali on February 4, 2025.""",
        trip(
            "convoy",
            "convoy of United Nations trucks",
            "land",
            "Goma@2025-02-04 > Kigali",
            operator="United Nations",
            date="2025-02-04",
            carrier_type="convoy",
        ),
    ),
    told(
        "convoy-countries",
        "Lake Radio",
        "2025-02-07",
        """United Nations trucks crossed from the Democratic Republic of the Congo into Rwanda on February 4, 2025.""",
        trip(
            "convoy",
            "United Nations trucks",
            "land",
            "Democratic Republic of the Congo > Rwanda",
            operator="United Nations",
            date="2025-02-04",
            carrier_type="convoy",
        ),
    ),
    told(
        "convoy-later",
        "Hill Tribune",
        "2025-02-09",
        """A UN convoy that set out from Goma reached Kigali on February 6, 2025, drivers said.""",
        trip(
            "convoy",
            "UN convoy",
            "land",
            "Goma > Kigali@2025-02-06",
            operator="UN",
            certainty="attributed",
            attribution="drivers",
            carrier_type="convoy",
        ),
    ),
    # -- arrived or turned back
    told(
        "freighter-back",
        "Runway News",
        "2024-06-11",
        """A Boeing 747 freighter that took off from Liège for Tel Aviv on June 10, 2024 turned back over the sea.""",
        trip(
            "747",
            "Boeing 747 freighter",
            "air",
            "Liège@2024-06-10 > Tel Aviv",
            status="attempted",
            date="2024-06-10",
            carrier_type="aircraft",
        ),
    ),
    told(
        "freighter-landed",
        "Cargo Letter",
        "2024-06-12",
        """A Boeing 747-400F flew from Liège to Tel Aviv on June 10, 2024 with hospital equipment.""",
        trip(
            "747",
            "Boeing 747-400F",
            "air",
            "Liège > Tel Aviv",
            date="2024-06-10",
            cargo="hospital equipment",
            carrier_type="aircraft",
        ),
    ),
    told(
        "freighter-belgium",
        "Low Country Post",
        "2024-06-12",
        """A 747 cargo plane left Belgium for Tel Aviv on June 10, 2024, the carrier said.""",
        trip(
            "747",
            "747 cargo plane",
            "air",
            "Belgium@2024-06-10 > Tel Aviv",
            status="ongoing",
            date="2024-06-10",
            certainty="attributed",
            attribution="the carrier",
            carrier_type="aircraft",
        ),
    ),
    # -- announced, then done
    told(
        "carrier-planned",
        "Pacific Post",
        "2024-06-15",
        """The aircraft carrier USS Alder Ridge will sail from Guam to Busan on June 20, 2024 for a port visit.""",
        trip(
            "alder",
            "USS Alder Ridge",
            "sea",
            "Guam@2024-06-20 > Busan",
            status="planned",
            date="2024-06-20",
            carrier_type="vessel",
        ),
    ),
    told(
        "carrier-done",
        "Peninsula Daily",
        "2024-06-23",
        """The U.S. aircraft carrier Alder Ridge arrived in Busan on June 22, 2024.""",
        trip("alder", "U.S. aircraft carrier Alder Ridge", "sea", "Busan@2024-06-22", carrier_type="vessel"),
    ),
    told(
        "carrier-korea",
        "Harbour Post",
        "2024-06-24",
        """USS Alder Ridge reached South Korea on June 22, 2024, the navy said.""",
        trip(
            "alder",
            "USS Alder Ridge",
            "sea",
            "South Korea@2024-06-22",
            certainty="attributed",
            attribution="the navy",
            carrier_type="vessel",
        ),
    ),
    # -- troops that go, and others that came the year before
    told(
        "niger-leave",
        "Sahel Wire",
        "2023-12-23",
        """The last 1,500 French troops were withdrawn from Niger on December 22, 2023.""",
        force("niger-out", "French troops", "Niger", size=1500, status="withdrawn", date="2023-12-22"),
    ),
    told(
        "niger-leave-again",
        "Inland Times",
        "2023-12-24",
        """France withdrew its remaining soldiers, about 1,300, from Niamey on December 22, 2023.""",
        force("niger-out", "French soldiers", "Niamey", size=1300, status="withdrawn", date="2023-12-22"),
    ),
    told(
        "niger-arrive",
        "Desert Star",
        "2022-08-20",
        """Some 1,000 French troops were sent to Niamey on August 18, 2022.""",
        force("niger-in", "French troops", "Niamey", size=1000, date="2022-08-18"),
    ),
    # -- jets to a base: the same text under two names
    told(
        "jets",
        "Baltic Times Example",
        "2024-04-03",
        """Four F-16 fighter jets landed at Amari on April 2, 2024 to patrol the skies.""",
        trip("jets", "F-16 fighter jets", "air", "Amari@2024-04-02", carrier_type="aircraft"),
    ),
    told(
        "jets-same-text",
        "Northern Digest",
        "2024-04-03",
        """Four F-16 fighter jets landed at Amari on April 2, 2024 to patrol the skies.""",
        trip("jets", "F-16 fighter jets", "air", "Amari@2024-04-02", carrier_type="aircraft"),
    ),
    told(
        "jets-estonia",
        "Air Review",
        "2024-04-05",
        """F-16 jets arrived in Estonia on April 2, 2024, pilots said.""",
        trip(
            "jets",
            "F-16 jets",
            "air",
            "Estonia@2024-04-02",
            certainty="attributed",
            attribution="pilots",
            carrier_type="aircraft",
        ),
    ),
    # -- unnamed tankers, nothing that makes them one
    told(
        "tanker-genoa",
        "Oil Weekly",
        "2024-07-02",
        """A tanker sailed from Constanta to Genoa in June 2024.""",
        trip("tanker-1", "tanker", "sea", "Constanta > Genoa", date="2024-06", carrier_type="vessel"),
    ),
    told(
        "tanker-hamburg",
        "Strait Daily",
        "2024-07-03",
        """A tanker left Constanta for Hamburg in June 2024.""",
        trip("tanker-2", "tanker", "sea", "Constanta > Hamburg", date="2024-06", carrier_type="vessel"),
    ),
)

SUPPORT = {
    "il76-oct": 5,  # six reports, one a near copy
    "il76-nov": 2,
    "il76-mali": 1,
    "asha": 2,  # three reports, one cites another
    "victoria-oil": 2,
    "victoria-cruise": 2,
    "an124": 3,
    "advisers": 3,
    "french-mali": 1,
    "italian-navy": 2,
    "convoy": 3,
    "747": 3,
    "alder": 3,
    "niger-out": 2,
    "niger-in": 1,
    "jets": 2,  # three reports, two of one text
    "tanker-1": 1,
    "tanker-2": 1,
}

DISPUTES = {
    # (event, field): each value with the reports that give it
    ("il76-oct", "date_start"): {"2025-10-22": ("il76-copy", "il76-long"), "2025-10-24": ("il76-24th",)},
    ("il76-oct", "destination"): {
        "Caracas": ("il76-24th", "il76-copy", "il76-countries", "il76-long", "il76-short"),
        "Havana": ("il76-cuba",),
    },
    ("asha", "date_start"): {
        "2024-08-01": ("asha-departs", "asha-istanbul"),
        "2024-08-02": ("asha-misspelt",),
    },
    ("an124", "status"): {"completed": ("an124-libya", "an124-misrata"), "denied": ("an124-denied",)},
    ("an124", "date_end"): {
        "2023-09-12": ("an124-denied", "an124-misrata"),
        "2023-09-13": ("an124-libya",),
    },
    ("advisers", "size"): {
        "100–150": ("advisers-range",),
        "120": ("advisers-120",),
        "400": ("advisers-400",),
    },
    ("747", "status"): {
        "attempted": ("freighter-back",),
        "completed": ("freighter-landed",),
        "ongoing": ("freighter-belgium",),
    },
    ("niger-out", "size"): {"1300": ("niger-leave-again",), "1500": ("niger-leave",)},
}
