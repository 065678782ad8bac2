@Page(route = "/invoices", title = "Invoices", icon = "receipt", view = {"billing_users", "billing_admins"})
Ui invoicesPage() {
    return interfaces.invoices();
}

@Page(route = "/tracks", title = "Tracks", icon = "music", view = {"billing_users", "billing_admins"})
Ui tracksPage() {
    return interfaces.tracks();
}
