using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GatewayStack.Router.Modules;

namespace GatewayStack.Router.Tests.Modules;

public class FailureWindowTests
{
    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(10);

    /// <summary>Whatever one sender does, the others' calls alone say what would be said.</summary>
    [Property(MaxTest = 300)]
    public Property One_sender_never_opens_it_for_the_others() => Prop.ForAll(
        Gen.Zip(Gen.Choose(0, 8).ListOf(), Gen.Choose(1, 500)).ToArbitrary(), sample =>
        {
            // 0 to 5 are answers, 6 and 7 failures of two people, 8 of the poisoner.
            var window = new FailureWindow();
            var innocentFailures = 0;
            var answers = 0;
            foreach (var what in sample.Item1)
            {
                if (what < 6)
                {
                    answers++;
                    window.Answered(TimeSpan.Zero, Sampling);
                }
                else if (what < 8)
                {
                    innocentFailures++;
                    window.Failed("innocent " + what, TimeSpan.Zero, Sampling);
                }
            }

            for (var i = 0; i < sample.Item2; i++)
            {
                window.Failed("poisoner", TimeSpan.Zero, Sampling);
            }

            return !window.Says(0.5, 1) || innocentFailures >= answers;
        });

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(10, true)]
    public void Three_people_are_the_least(int people, bool says)
    {
        var window = new FailureWindow();
        for (var i = 0; i < 12; i++)
        {
            window.Failed("person " + (i % people), TimeSpan.Zero, Sampling);
        }

        window.Says(0.5, 12).ShouldBe(says);
        window.Says(0.5, 13).ShouldBeFalse();
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void The_rest_must_have_failed_in_their_share(int answered, bool says)
    {
        var window = new FailureWindow();
        for (var i = 0; i < answered; i++)
        {
            window.Answered(TimeSpan.Zero, Sampling);
        }

        for (var i = 0; i < 3; i++)
        {
            window.Failed("person " + i, TimeSpan.Zero, Sampling);
        }

        window.Says(0.5, 1).ShouldBe(says);
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(15, false)]
    public void What_is_older_than_the_sampling_time_is_forgotten(int seconds, bool says)
    {
        var window = new FailureWindow();
        window.Failed("one", TimeSpan.FromSeconds(5), Sampling);
        window.Failed("two", TimeSpan.FromSeconds(5), Sampling);
        window.Failed("three", TimeSpan.FromSeconds(5 + seconds), Sampling);
        window.Says(0.5, 1).ShouldBe(says);
    }
}
