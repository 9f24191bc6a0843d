import pytest

from corpus.errors import ServiceError
from corpus.model import Name
from corpus.web.catalogues import AnswerCache, Catalogues, Endpoints, alike, record_from_csl
from corpus.web.fetching import Fetcher, Target

DATACITE = {
    "type": "article",
    "title": "Jumping in Quokkas",
    "author": [{"family": "Byron", "given": "Ada"}, {"literal": "Quokka Consortium"}],
    "issued": {"date-parts": [[2023, 4]]},
    "DOI": "10.48550/ARXIV.2304.01234",
    "publisher": "arXiv",
}
OPENALEX = {
    "results": [
        {
            "display_name": "Jumping in quokkas.",
            "doi": "https://doi.org/10.1000/JUMP",
            "publication_year": 2023,
            "authorships": [{"author": {"display_name": "Ada Byron"}}],
        },
        {"display_name": "Swimming in otters", "authorships": []},
    ]
}
CROSSREF = {
    "message": {
        "items": [
            {
                "title": ["Jumping in <i>Quokkas</i>"],
                "DOI": "10.1000/jump",
                "author": [{"family": "Byron", "given": "Ada"}],
                "issued": {"date-parts": [[2023]]},
                "container-title": ["Marsupials &amp; More"],
                "type": "journal-article",
            }
        ]
    }
}


@pytest.fixture
def catalogues(site, library):
    endpoints = Endpoints(doi=site.url, openalex=f"{site.url}/openalex", crossref=f"{site.url}/crossref")
    return Catalogues(Fetcher(allow_private=True, pause=0.0), AnswerCache(library.database), endpoints)


def test_an_arxiv_number_is_asked_for_by_its_doi(site, catalogues):
    site.put("/10.48550/arXiv.2304.01234", DATACITE)
    record, _ = catalogues.record(Target("arxiv", "2304.01234"))
    assert record.authors == (Name("Byron", "Ada"), Name(literal="Quokka Consortium"))
    assert (record.year, record.month, record.arxiv) == (2023, 4, "2304.01234")
    assert site.asked[0][1] == "application/vnd.citationstyles.csl+json"


def test_no_question_is_asked_twice(site, catalogues):
    site.put("/10.48550/arXiv.2304.01234", DATACITE)
    for _ in range(3):
        catalogues.record(Target("arxiv", "2304.01234"))
    assert len(site.asked) == 1


def test_an_unknown_doi_is_a_service_error(catalogues):
    with pytest.raises(ServiceError, match="404"):
        catalogues.record(Target("doi", "10.1000/nothing"))


def test_a_title_search_gives_only_works_with_that_title(site, catalogues):
    site.put("/openalex/works?search=Jumping%20in%20Quokkas&per-page=5", OPENALEX)
    (found,) = catalogues.search("Jumping in Quokkas")
    assert (found.title, found.doi, found.year) == ("Jumping in quokkas.", "10.1000/jump", 2023)


def test_crossref_is_asked_where_openalex_has_nothing_or_fails(site, catalogues):
    site.put("/crossref/works?query.bibliographic=Jumping%20in%20Quokkas&rows=5", CROSSREF)
    (found,) = catalogues.search("Jumping in Quokkas")
    assert (found.title, found.container_title) == ("Jumping in Quokkas", "Marsupials & More")


def test_titles_are_alike_or_not():
    assert alike("The Gradient of Release: Methods", "the gradient of release – methods")
    assert not alike("Jumping in Quokkas", "Jumping in Wallabies and Other Marsupials")


@pytest.mark.parametrize(
    "item",
    (
        {},
        {"title": None, "author": "Ada", "issued": "2023"},
        {"issued": {"date-parts": [[None]]}, "author": [None, 3, {}]},
    ),
)
def test_malformed_items_leave_fields_empty(item):
    record = record_from_csl(item)
    assert (record.title, record.authors, record.year) == ("", (), None)


def test_control_characters_of_a_registry_do_not_come_in():
    assert record_from_csl({"title": "A\x1b[31m <b>B</b>"}).title == "A[31m B"
