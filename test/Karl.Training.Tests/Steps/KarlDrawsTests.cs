using Karl.Networks;

namespace Karl.Training.Steps;

[TestClass]
public sealed class KarlDrawsTests
{
    private static readonly KarlArchitecture Published = KarlPresets.Get("karl_small").OverVqgan();

    [TestMethod]
    public void Budget_ManyDraws_AreAllThoseOfTheReleasedCode()
    {
        var draws = new KarlDraws(Published);
        CollectionAssert.AreEquivalent(
            Enumerable.Range(1, 23).Select(number => 16 * number).ToArray(),
            Enumerable.Range(0, 2000).Select(_ => draws.Budget()).Distinct().ToArray());
    }

    [TestMethod]
    public void Epsilons_AtFirst_AreTheFirstFiveBinsAndNoOthers()
    {
        CollectionAssert.AreEquivalent(new[] { 0.005f, 0.01f, 0.02f, 0.03f, 0.04f }, new KarlDraws(Published).Epsilons(500).Distinct().ToArray());
    }

    [TestMethod]
    public void Observe_ErrorReached_MakesErrorsAtOrAboveItRarer()
    {
        var draws = new KarlDraws(Published);
        draws.Observe([0.5f, 0.025f]);                                     // the bins .03 and .04 are reached anyway
        var sum = 3 * 0.2 + 2 * 0.2 * 0.99;
        CollectionAssert.AreEqual(
            new[] { 0.2 / sum, 0.2 / sum, 0.2 / sum, 0.198 / sum, 0.198 / sum, 0 }.Select(probability => Math.Round(probability, 6)).ToArray(),
            draws.Probabilities.Take(6).Select(probability => Math.Round(probability, 6)).ToArray());
    }

    [TestMethod]
    public void Draws_SameSeed_AreTheSame()
    {
        var (first, second, other) = (new KarlDraws(Published, seed: 4), new KarlDraws(Published, seed: 4), new KarlDraws(Published, seed: 5));
        CollectionAssert.AreEqual(first.Epsilons(64), second.Epsilons(64));
        Assert.AreEqual(first.Budget(), second.Budget());
        CollectionAssert.AreNotEqual(new KarlDraws(Published, seed: 4).Epsilons(64), other.Epsilons(64));
    }

    [TestMethod]
    public void Epsilons_LargerFirstError_GoUpToIt()
    {
        Assert.AreEqual(0.07f, new KarlDraws(Published, largestFirstError: 0.07f).Epsilons(500).Max());
    }

    [TestMethod]
    public void LeastErrors_AnyBudgetButTheSmallest_AreZero()
    {
        var draws = new KarlDraws(Published, [2, 5]);
        for (var step = 0; step < 50; step++)
        {
            draws.Begin(step);
            var isSmallest = draws.Budget() == 2;
            var errors = draws.LeastErrors(40);
            if (isSmallest) CollectionAssert.IsSubsetOf(errors.Distinct().ToArray(), Published.ErrorBins.ToArray());
            Assert.AreEqual(isSmallest, errors.Any(error => error > 0.2f));
            Assert.AreEqual(isSmallest, errors.All(error => error > 0));
        }
    }

    [TestMethod]
    public void AskedShares_ManyDraws_AreHalfNearOneAndReachFar()
    {
        var shares = new KarlDraws(Published).AskedShares(4000);
        Assert.AreEqual(0.556, shares.Average(share => Math.Abs(Math.Log2(share)) < 0.4 ? 1 : 0), 0.03);       // half, and 0.8 / 7 of the others
        Assert.IsTrue(shares.All(share => share is >= 0.125f and <= 16));
        Assert.IsTrue(shares.Min() < 0.15f && shares.Max() > 13);
    }

    [TestMethod]
    public void Draws_BudgetThatTheNetworkDoesNotHave_IsRefused()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => new KarlDraws(Published, [16, 513]));
        StringAssert.Contains(error.Message, "1 to 512");
    }
}
