@Interface(record = "invoice", type = LIST)
Ui invoices() {
    return page("Invoices",
            stats(
                    metric("Invoices", records.invoice.count()),
                    money("Revenue", rules.revenue(), "USD")),
            table(records.invoice)
                    .columns("invoiceDate", "billingAddress", "billingCity", "billingCountry", "total")
                    .searchable()
                    .orderBy("invoiceDate"));
}

@Interface(record = "track", type = LIST)
Ui tracks() {
    return page("Tracks",
            stats(
                    metric("Tracks", records.track.count()),
                    metric("Albums", records.album.count()),
                    metric("Artists", records.artist.count())),
            table(records.track)
                    .columns("name", "album", "genre", "composer", "unitPrice")
                    .searchable()
                    .orderBy("name"));
}
