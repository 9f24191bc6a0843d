from assistant.taxonomy.rendering import TaxonomyAnswer
class EntryList:
    def __init__(self, table): self.table=table
    def ask(self, q, *, named=False): return TaxonomyAnswer(q,"none",False)
    def telling_words(self,q): return 0
