namespace Karl.Training.Data.Internals;

/// <summary>Samples that are made simpler or more complex.</summary>
[TestClass]
public sealed class ComplexityShiftTests
{
    private const int Length = 3 * 16 * 16;

    [TestMethod]
    public void Apply_NoShares_LeavesTheSampleAndItsChanceAlone()
    {
        var (random, untouched) = (new SampleRandom(1, 0, 0), new SampleRandom(1, 0, 0));
        float[] pixels = Stripes();
        ComplexityShift.Apply(pixels, new TrainingImageOptions(), ref random);
        CollectionAssert.AreEqual(Stripes(), pixels);
        Assert.AreEqual(untouched.Unit(), random.Unit());
    }

    [TestMethod]
    public void Apply_AllFaded_LeavesLessContrastAndSometimesNextToNone()
    {
        double[] deviations = Deviations(new TrainingImageOptions { FadedShare = 1 });
        Assert.IsTrue(deviations.All(deviation => deviation <= Deviation(Stripes()) + 1e-6));
        Assert.IsGreaterThan(20, deviations.Count(deviation => deviation < 0.02));
    }

    [TestMethod]
    public void Apply_AllNoisy_DrawsNeighboursApart()
    {
        int changed = 0;
        for (int sample = 0; sample < 100; sample++)
        {
            float[] pixels = new float[Length];
            SampleRandom random = new(3, 0, sample);
            ComplexityShift.Apply(pixels, new TrainingImageOptions { NoisyShare = 1 }, ref random);
            Assert.IsTrue(pixels.All(value => value is >= 0 and <= 1));
            changed += Deviation(pixels) > 0.2 ? 1 : 0;
        }

        Assert.IsGreaterThan(30, changed, "of black images, a third and more become mostly noise");
    }

    [TestMethod]
    public void Apply_ASmallShare_ChangesAboutSoMany()
    {
        int changed = 0;
        for (int sample = 0; sample < 1000; sample++)
        {
            float[] pixels = Stripes();
            SampleRandom random = new(5, 0, sample);
            ComplexityShift.Apply(pixels, new TrainingImageOptions { FadedShare = 0.1, NoisyShare = 0.1 }, ref random);
            changed += pixels.SequenceEqual(Stripes()) ? 0 : 1;
        }

        Assert.IsTrue(changed is > 150 and < 250, $"{changed} of 1000");
    }

    private static double[] Deviations(TrainingImageOptions options) => [.. Enumerable.Range(0, 100).Select(sample =>
    {
        float[] pixels = Stripes();
        SampleRandom random = new(2, 0, sample);
        ComplexityShift.Apply(pixels, options, ref random);
        return Deviation(pixels);
    })];

    /// <summary>Of one channel.</summary>
    private static double Deviation(float[] pixels)
    {
        float[] plane = pixels[..(Length / 3)];
        double mean = plane.Average();
        return Math.Sqrt(plane.Average(value => (value - mean) * (value - mean)));
    }

    private static float[] Stripes() => [.. Enumerable.Range(0, Length).Select(index => index % 4 < 2 ? 0.2f : 0.7f)];
}
