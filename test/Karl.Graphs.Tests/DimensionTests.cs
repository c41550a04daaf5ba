namespace Karl.Graphs.Tests;

[TestClass]
public sealed class DimensionTests
{
    private static readonly Dictionary<string, long> Values = new() { ["a"] = 7, ["b"] = 3, ["height"] = 13 };

    [TestMethod]
    [DataRow("3", "3", 3)]
    [DataRow("a", "a", 7)]
    [DataRow("b + a", "a+b", 10)]
    [DataRow("a-a", "0", 0)]
    [DataRow("2*a*3", "6*a", 42)]
    [DataRow("b*a", "a*b", 21)]
    [DataRow("-a+10", "-a+10", 3)]
    [DataRow("a*a+1+a", "a*a+a+1", 57)]
    [DataRow("floor((height+1)/2)", "floor((height+1)/2)", 7)]
    [DataRow("2*floor((floor((height-1)/2)+1)/3)", "2*floor((floor((height-1)/2)+1)/3)", 4)]
    [DataRow("input.0", "input.0", null)]
    public void Parse_Expression_IsPrintedInOneOrder(string text, string printed, int? value)
    {
        var dimension = Dimension.Parse(text);

        Assert.AreEqual(printed, dimension.ToString());
        Assert.AreEqual(dimension, Dimension.Parse(printed));
        if (value is { } number) Assert.AreEqual(number, dimension.Evaluate(Values));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(" ")]
    [DataRow("a b")]
    [DataRow("a+")]
    [DataRow("*a")]
    [DataRow("3a")]
    [DataRow("a(b")]
    [DataRow("99999999999999999999")]
    public void Parse_NoExpression_IsRefused(string text) => Assert.Throws<ArgumentException>(() => Dimension.Parse(text));

    [TestMethod]
    public void Equality_DifferentWays_SameLength()
    {
        Dimension a = "a", b = "b";

        Assert.AreEqual((a + 1) * (a - 1), a * a - 1);
        Assert.IsTrue((a + b) * 2 == 2 * a + 2 * b);
        Assert.IsTrue(a != b);
        Assert.AreEqual((a + b).GetHashCode(), (b + a).GetHashCode());
    }

    [TestMethod]
    public void FloorDivide_WhatDivides_StaysExact()
    {
        Dimension a = "a";

        Assert.AreEqual("a", (2 * a).FloorDivide(2).ToString());
        Assert.AreEqual("2*a+1", (4 * a + 3).FloorDivide(2).ToString());
        Assert.AreEqual("2*a-1", (4 * a - 1).FloorDivide(2).ToString());
        Assert.AreEqual("floor((a+1)/2)", (a + 1).FloorDivide(2).ToString());
        Assert.AreEqual(-2, ((Dimension)(-3)).FloorDivide(2).Value);
        Assert.Throws<ArgumentOutOfRangeException>(() => a.FloorDivide(0));
    }

    [TestMethod]
    [DataRow("a*b+a", "a", "b+1")]
    [DataRow("6*a", "3", "2*a")]
    [DataRow("a*a-1", "a+1", "a-1")]
    [DataRow("0", "a", "0")]
    [DataRow("a+1", "a", null)]
    [DataRow("5", "2", null)]
    [DataRow("a", "0", null)]
    public void DivideExactly_Quotient_OrNull(string dividend, string divisor, string? quotient) =>
        Assert.AreEqual(quotient, Dimension.Parse(dividend).DivideExactly(divisor)?.ToString());

    [TestMethod]
    public void FloorDivide_OfOddNames_IsEvaluated()
    {
        var odd = Dimension.Named("batch size/2+(");

        Assert.AreEqual(4, (3 * odd + 1).FloorDivide(4).Evaluate(new Dictionary<string, long> { ["batch size/2+("] = 5 }));
    }

    [TestMethod]
    public void Evaluate_NameWithoutValue_NamesIt()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => Dimension.Parse("floor((c+1)/2)+a").Evaluate(Values));

        Assert.Contains("'c' has no value", error.Message);
    }

    [TestMethod]
    public void Value_OfASymbol_IsRefused() =>
        Assert.Contains("'a' is symbolic", Assert.ThrowsExactly<InvalidOperationException>(() => Dimension.Named("a").Value).Message);

    [TestMethod]
    public void Growth_BeyondReason_IsRefused()
    {
        Dimension power = "a", nested = "height";

        Assert.Throws<ArgumentException>(() => { for (var i = 0; i < 40; i++) power *= "a+b"; });
        Assert.Throws<ArgumentException>(() => { for (var i = 0; i < 400; i++) nested = (nested * nested + 1).FloorDivide(2); });
    }

    [TestMethod]
    public void Random_Expressions_ComputeLikeNumbers()
    {
        var random = new Random(5);
        for (var round = 0; round < 500; round++)
        {
            var (dimension, number) = Expression(random, 4);
            Assert.AreEqual(number, dimension.Evaluate(Values), dimension.ToString());
            Assert.AreEqual(dimension, Dimension.Parse(dimension.ToString()));
        }
    }

    private static (Dimension Dimension, long Number) Expression(Random random, int depth)
    {
        if (depth == 0)
        {
            var name = Values.Keys.ElementAt(random.Next(3));
            return random.Next(2) == 0 ? (name, Values[name]) : (random.Next(1, 5), 0) is var (small, _) ? (small, small) : default;
        }
        var (left, leftNumber) = Expression(random, depth - 1);
        if (random.Next(4) == 0) return (left.FloorDivide(2), (long)Math.Floor(leftNumber / 2.0));
        var (right, rightNumber) = Expression(random, 0);
        return random.Next(3) switch
        {
            0 => (left + right, leftNumber + rightNumber),
            1 => (left - right, leftNumber - rightNumber),
            _ => (left * right, leftNumber * rightNumber),
        };
    }
}
