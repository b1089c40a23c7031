using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Tests.Scanning;

/// <summary>What must be surer where nothing else is found in its text, and what need not be.</summary>
public sealed class LoneFindingTests
{
    /// <summary>A user name that is rather one than not.</summary>
    private const string Weak = "thanks to @jane_doe for the fix";

    private const string Handle = "USERNAME=@jane_doe";

    [Fact]
    public void A_weak_finding_alone_is_none() => Modules.Shipped.Find(Weak).ShouldBeEmpty();

    [Fact]
    public void An_age_of_a_name_that_nobody_has_is_none_alone() => Modules.Shipped.Find("my 12-year-old Corolla needs new brakes").ShouldBeEmpty();

    [Fact]
    public void The_rows_alone_do_not_know_what_else_stands_there() => Modules.Default.Find(Weak).ShouldContain(Handle);

    [Theory]
    [InlineData("write to alice@example.com", "EMAIL=alice@example.com")]
    [InlineData("call me on +1 415 555 2671", "PHONE=+1 415 555 2671")]
    [InlineData("card 4111 1111 1111 1111 was charged", "CREDIT_CARD=4111 1111 1111 1111")]
    [InlineData("so does @john_roe", "USERNAME=@john_roe")]
    public void It_is_one_beside_another_wherever_that_stands(string other, string expected)
    {
        Modules.Shipped.Find($"{Weak}\n\n{other}").ShouldBe([Handle, expected]);
        Modules.Shipped.Find($"{other}\n\n{Weak}").ShouldBe([expected, Handle]);
    }

    [Theory]
    [InlineData("thanks @jane_doe for the fix\n\nthanks @jane_doe for the test")]
    [InlineData("thanks @jane_doe for the fix\n\nand thanks, @JANE_DOE, for the test")]
    public void A_value_that_is_repeated_is_still_alone(string text) => Modules.Shipped.Find(text).ShouldBeEmpty();

    [Theory]
    [InlineData("alice@example.com", "EMAIL=alice@example.com")]
    [InlineData("please call 020 7946 0018", "PHONE=020 7946 0018")]
    [InlineData("patient, MRN: 00482913", "MEDICAL_RECORD=00482913")]
    [InlineData("passport X1234567", "PASSPORT=X1234567")]
    [InlineData("account number: 12345678", "BANK_ACCOUNT=12345678")]
    [InlineData("the password is hunter42!", "PASSWORD=hunter42!")]
    [InlineData("ping 81.2.69.160 first", "IP=81.2.69.160")]
    [InlineData("536-90-4399", "US_SSN=536-90-4399")]
    public void What_people_ask_about_alone_is_found_alone(string text, string expected) => Modules.Shipped.Find(text).ShouldContain(expected);

    /// <summary>Some work, in which nothing is: what is found beside it stands in a longer text.</summary>
    private const string Work = """
        The pump on line two was stripped on Monday, the seal is worn on one side only and the shaft runs true, so the bearing stays in. We have ordered two seals, one for the shelf.
        Please leave the guard off until the second shift has seen it, write the hours on the sheet by the door, and do not run the mixer dry again, whatever the display says.
        """;

    [Theory]
    [InlineData("01:16:3e:4a:90:1f", null)]
    [InlineData("00:16:3e:4a:90:1f", "MAC=00:16:3e:4a:90:1f")]
    [InlineData("536-90-4399", "US_SSN=536-90-4399")]
    [InlineData("The new hall was born on 12.05.2021.", "DATE_OF_BIRTH=12.05.2021")]
    public void In_a_longer_text_what_is_less_than_sure_is_none(string weak, string? alone)
    {
        Modules.Shipped.Find(weak).ShouldBe(alone is null ? [] : [alone]);
        Modules.Shipped.Find($"{Work}\n{weak}").ShouldBeEmpty();
        Modules.Shipped.Find($"{Work}\n{weak}\n\nalice@example.com").ShouldBe(alone is null ? ["EMAIL=alice@example.com"] : [alone, "EMAIL=alice@example.com"]);
    }

    [Theory]
    [InlineData("alice@example.com", "EMAIL=alice@example.com")]
    [InlineData("please call 020 7946 0018", "PHONE=020 7946 0018")]
    [InlineData("patient, MRN: 00482913", "MEDICAL_RECORD=00482913")]
    [InlineData("account number: 12345678", "BANK_ACCOUNT=12345678")]
    [InlineData("her SSN is 536-90-4399", "US_SSN=536-90-4399")]
    [InlineData("the password is hunter42!", "PASSWORD=hunter42!")]
    [InlineData("the device has MAC 00:16:3e:4a:90:1f", "MAC=00:16:3e:4a:90:1f")]
    [InlineData("date of birth: 12.05.1961", "DATE_OF_BIRTH=12.05.1961")]
    [InlineData("my father was born on 12.05.1961", "DATE_OF_BIRTH=12.05.1961")]
    [InlineData("ping 81.2.69.160 first", "IP=81.2.69.160")]
    public void What_its_own_word_speaks_for_is_found_in_a_longer_text_too(string text, string expected) => Modules.Shipped.Find($"{Work}\n{text}").ShouldBe([expected]);

    [Fact]
    public void In_a_longer_text_only_another_kind_is_company()
    {
        const string Two = "thanks to @jane_doe for the fix and to @john_roe for the test";
        string[] both = [Handle, "USERNAME=@john_roe"];
        Modules.Shipped.Find(Two).ShouldBe(both);
        Modules.Shipped.Find($"{Work}\n{Two}").ShouldBeEmpty();
        Modules.Shipped.Find($"{Work}\n{Two}\naccount number 12345678").ShouldBe([.. both, "BANK_ACCOUNT=12345678"]);
    }

    [Fact]
    public void Rows_of_the_operator_need_no_company()
    {
        var module = Modules.Create(new TransformOptions { Recognizers = [new RecognizerOptions { Name = "username", Words = ["jane_doe"] }] });
        module.Find("thanks jane_doe for the fix").ShouldBe(["USERNAME=jane_doe"]);
    }

    [Fact]
    public void A_row_that_only_labels_is_no_company()
    {
        var module = Modules.Create(new TransformOptions { Recognizers = [new RecognizerOptions { Name = "topic", Words = ["fix"], Label = "repairs" }] });
        var result = module.Inspect(Weak);
        result.Findings.ShouldBeEmpty();
        result.Metadata.Labels.ShouldContain(l => l.Name == "repairs");
    }

    [Fact]
    public void Another_text_of_the_request_is_no_company() =>
        Modules.Shipped.Inspect(Modules.Segment(Weak), Modules.Segment("alice@example.com", 1)).Findings.Select(f => f.Type).ShouldBe(["EMAIL"]);

    /// <summary>Whoever adds something about a person never makes another thing pass.</summary>
    [Fact]
    public void A_finding_more_hides_none()
    {
        foreach (var text in new[] { Weak, "EW-377-ZC is parked outside", "cd /home" + "/jdoe/src", "somebody, 654 567 214", "the Norwegian physicist, eighty-six" })
        {
            Modules.Shipped.Find(text).ShouldBeSubsetOf(Modules.Shipped.Find(text + "\n\nalice@example.com"));
        }
    }

    [Fact]
    public async Task A_stream_masks_what_it_has_found()
    {
        var deltas = new[] { new ResponseDelta { Channel = "0", Text = Weak }, new ResponseDelta { Channel = "0", Text = string.Empty, End = true } };
        var session = new ResponseSession { RequestId = "r", Tenant = "t" };
        var answer = await Modules.Shipped.TransformResponseAsync(session, deltas.ToAsyncEnumerable(), CancellationToken.None).ToListAsync(TestContext.Current.CancellationToken);
        string.Concat(answer.Select(d => d.Text)).ShouldBe("thanks to [USERNAME] for the fix");
    }
}
