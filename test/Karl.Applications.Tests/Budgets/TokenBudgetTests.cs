using Karl.Applications.Budgets;

namespace Karl.Applications.Tests.Budgets;

[TestClass]
public sealed class TokenBudgetTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Distribute_ForTheWorst_IsAsGoodAsTryingEverything(int seed) => ForSmallCases(seed, (curves, tokens) =>
    {
        BudgetPlan plan = TokenBudget.Distribute(curves, tokens, BudgetGoal.Worst);
        AssertSound(plan, curves, tokens);
        Assert.AreEqual(Best(curves, tokens, errors => errors.Max()), plan.WorstError, 1e-12);
    });

    [TestMethod]
    [DataRow(4)]
    [DataRow(5)]
    [DataRow(6)]
    public void Distribute_ForTheMean_IsWithinOneStepOfTryingEverything(int seed) => ForSmallCases(seed, (curves, tokens) =>
    {
        BudgetPlan plan = TokenBudget.Distribute(curves, tokens, BudgetGoal.Mean);
        AssertSound(plan, curves, tokens);
        double best = Best(curves, tokens, errors => errors.Average()), step = curves.Max(curve => curve.Points[0].Error - curve.Points.Min(point => point.Error)) / curves.Length;
        Assert.IsInRange(best - 1e-12, best + step, plan.MeanError);
    });

    [TestMethod]
    public void Distribute_ForTheMeanOverConvexCurvesOfEqualSteps_IsAsGoodAsTryingEverything()
    {
        Random random = new(7);
        for (int round = 0; round < 200; round++)
        {
            ErrorCurve[] curves = [.. Enumerable.Range(0, random.Next(1, 5)).Select(number => Convex(number, random))];
            int tokens = curves.Length + random.Next(12);
            Assert.AreEqual(Best(curves, tokens, errors => errors.Average()), TokenBudget.Distribute(curves, tokens, BudgetGoal.Mean).MeanError, 1e-12);
        }
    }

    [TestMethod]
    public void Distribute_WhereMoreTokensDoNotHelp_LeavesThem()
    {
        ErrorCurve[] curves = [new("flat", [new CurvePoint(4, 0.1), new CurvePoint(8, 0.1), new CurvePoint(16, 0.2)]), new("steep", [new CurvePoint(4, 0.5), new CurvePoint(8, 0.01)])];
        foreach (BudgetGoal goal in Enum.GetValues<BudgetGoal>())
        {
            BudgetPlan plan = TokenBudget.Distribute(curves, 100, goal);
            CollectionAssert.AreEqual(new[] { 4, 8 }, plan.Images.Select(image => image.Tokens).ToArray());
            Assert.AreEqual(12, plan.Spent);
        }
    }

    [TestMethod]
    public void Distribute_OfWhatCannotBe_SaysWhy()
    {
        ErrorCurve curve = new("a.jpg", [new CurvePoint(4, 0.1)]);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => TokenBudget.Distribute([curve, curve], 7, BudgetGoal.Mean)).Message, "7 tokens are too few for 2 images");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => TokenBudget.Distribute([], 7, BudgetGoal.Mean)).Message, "no image");
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => TokenBudget.Distribute([new("b.jpg", [new CurvePoint(4, 0.1), new CurvePoint(4, 0.05)])], 7, BudgetGoal.Mean)).Message, "b.jpg");
    }

    [TestMethod]
    public void Distribute_ForThousandsOfImages_IsQuick()
    {
        Random random = new(3);
        ErrorCurve[] curves = [.. Enumerable.Range(0, 5000).Select(number => Any(number, random, 16))];
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        foreach (BudgetGoal goal in Enum.GetValues<BudgetGoal>())
        {
            TokenBudget.Distribute(curves, 200_000, goal);
        }

        Assert.IsLessThan(10, System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static void ForSmallCases(int seed, Action<ErrorCurve[], int> check)
    {
        Random random = new(seed);
        for (int round = 0; round < 150; round++)
        {
            ErrorCurve[] curves = [.. Enumerable.Range(0, random.Next(1, 5)).Select(number => Any(number, random, random.Next(1, 5)))];
            int least = curves.Sum(curve => curve.Points[0].Tokens);
            check(curves, least + random.Next(20));
        }
    }

    /// <summary>Any curve: with equal errors, and errors that rise again.</summary>
    private static ErrorCurve Any(int number, Random random, int lengths)
    {
        int tokens = 0;
        return new ErrorCurve($"{number}.jpg", [.. Enumerable.Range(0, lengths).Select(place => new CurvePoint(tokens += random.Next(1, 6), Math.Round(random.NextDouble() / (place + 1), 1)))]);
    }

    private static ErrorCurve Convex(int number, Random random)
    {
        double error = 1, gain = 0.5;
        return new ErrorCurve($"{number}.jpg", [.. Enumerable.Range(1, 5).Select(tokens => new CurvePoint(tokens, error -= gain *= 0.2 + (0.6 * random.NextDouble())))]);
    }

    private static void AssertSound(BudgetPlan plan, ErrorCurve[] curves, int tokens)
    {
        Assert.IsLessThanOrEqualTo(tokens, plan.Spent);
        foreach ((PlannedImage image, ErrorCurve curve) in plan.Images.Zip(curves))
        {
            Assert.AreEqual(curve.Name, image.Name);
            Assert.IsTrue(curve.Points.Contains(new CurvePoint(image.Tokens, image.Error)), "What is planned was measured.");
        }
    }

    private static double Best(ErrorCurve[] curves, int tokens, Func<IEnumerable<double>, double> goal)
    {
        IEnumerable<CurvePoint[]> all = [[]];
        foreach (ErrorCurve curve in curves)
        {
            all = all.SelectMany(chosen => curve.Points.Select(point => (CurvePoint[])[.. chosen, point]));
        }

        return all.Where(chosen => chosen.Sum(point => point.Tokens) <= tokens).Min(chosen => goal(chosen.Select(point => point.Error)));
    }
}
