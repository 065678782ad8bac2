package dev.appos.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.api.Cond;
import dev.appos.api.Cond.Operator;
import dev.appos.base.Json;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InputTest {

    private static final Cond SOME = new Cond.Compare("id", Operator.IN, List.of(22L, 23L));

    private static String json(Input input) {
        return Json.canonical(input.values()).replace('"', '\'');
    }

    @Test
    void a_condition_is_data_that_people_can_read() {
        Cond due = new Cond.Compare("customer.due", Operator.LT, LocalDate.parse("2026-11-20"));
        Cond open = new Cond.Compare("closed_at", Operator.IS, null);

        assertThat(json(new Input.DeleteRecords(SOME.and(due.not().or(open))))).isEqualTo(
                "{'where':{'and':[{'column':'id','op':'in','value':[22,23]},"
                        + "{'or':[{'not':{'column':'customer.due','op':'lt','value':'2026-11-20'}},"
                        + "{'column':'closed_at','op':'is','value':null}]}]}}");
        assertThat(json(new Input.UpdateRecords(Query.ALL, Map.of("name", "x"))))
                .isEqualTo("{'changes':{'name':'x'},'where':{'and':[]}}");
    }

    @Test
    void a_list_says_what_it_shows() {
        Query query = new Query(
                List.of(new Query.Selected.Column("id"), new Query.Selected.Embed("customer", List.of("name"))),
                SOME, List.of(new Query.Sort("name", true)), 10, 20, false);

        assertThat(json(new Input.ListRecords(query))).isEqualTo(
                "{'limit':10,'offset':20,'order':[{'column':'name','descending':true}],"
                        + "'select':['id',{'columns':['name'],'embed':'customer'}],"
                        + "'where':{'column':'id','op':'in','value':[22,23]}}");
    }

    @Test
    void different_questions_have_different_values() {
        assertThat(List.of(
                        json(new Input.GetRecord(7, List.of())),
                        json(new Input.GetRecord(7, List.of(new Query.Selected.Column("name")))),
                        json(new Lifecycle.History(7, 10)),
                        json(new Lifecycle.History(7, 20)),
                        json(new Input.DeleteRecords(SOME)),
                        json(new Input.CountRecords(SOME)),
                        json(new Input.SumRecords(SOME, "amount"))))
                .doesNotHaveDuplicates();
    }
}
