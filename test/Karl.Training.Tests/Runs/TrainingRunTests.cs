using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;

namespace Karl.Training.Runs;

[TestClass]
public sealed class TrainingRunTests
{
    private static readonly TemporaryFolder Folder = new();

    [ClassInitialize]
    public static void Initialize(TestContext _)
    {
        Directory.CreateDirectory(Folder["images"]);
        foreach (var demonstration in DemonstrationImages.All) ImageWriter.Write(demonstration.Draw(48), Folder["images", demonstration.Name + ".png"]);
    }

    [ClassCleanup]
    public static void Cleanup() => Folder.Dispose();

    [TestMethod]
    public void A_run_that_is_stopped_and_taken_up_again_ends_as_one_that_was_not()
    {
        var whole = TrainingRun.Run(Options("whole"));
        foreach (var steps in new[] { 7, 16, 11 }) Stopped(steps);
        var resumed = TrainingRun.Run(Options("stopped"));
        foreach (var phase in new[] { "base", "distillation", "pixels" })
        {
            Assert.AreEqual(File.ReadAllText(Folder["whole", phase + ".losses.csv"]), File.ReadAllText(Folder["stopped", phase + ".losses.csv"]));
            Assert.IsTrue(File.Exists(Folder["stopped", phase + ".losses.png"]));
        }
        CollectionAssert.AreEqual(File.ReadAllBytes(whole), File.ReadAllBytes(resumed));
        using var tokenizer = ImageTokenizer.Load(resumed);
        Assert.AreEqual(16, tokenizer.ImageSize);
        Assert.IsLessThanOrEqualTo(16, tokenizer.Encode(Folder["images", "noise.png"]).Count);
    }

    [TestMethod]
    public void Run_FolderOfAnotherRun_IsRefusedAndLeftAsItIs()
    {
        var options = Options("other");
        Assert.ThrowsExactly<OperationCanceledException>(() => TrainingRun.Run(options, new CancellationToken(canceled: true)));
        var before = File.ReadAllText(Folder["other", "run.json"]);
        var withoutResume = Assert.ThrowsExactly<InvalidOperationException>(() => TrainingRun.Run(options with { Resume = false }));
        StringAssert.Contains(withoutResume.Message, "--resume");
        var otherSeed = Assert.ThrowsExactly<InvalidOperationException>(() => TrainingRun.Run(options with { Seed = 5 }));
        StringAssert.Contains(otherSeed.Message, "seed 5");
        Assert.AreEqual(before, File.ReadAllText(Folder["other", "run.json"]));
    }

    [TestMethod]
    public void Run_LearningRateThatDiverges_SaysWhereTheLastGoodStateIs()
    {
        var preset = TrainingPreset.Get("try");
        var options = Options("diverges") with { Preset = preset with { Base = preset.Base with { LearningRate = 1e30, WarmupSteps = 0 } } };
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => TrainingRun.Run(options));
        StringAssert.Contains(error.Message, "gave no numbers");
        StringAssert.Contains(error.Message, "lower the learning rate");
    }

    private static TrainingOptions Options(string name)
    {
        var preset = TrainingPreset.Get("try");
        return new()
        {
            Preset = preset with { Base = preset.Base with { Steps = 15 }, Distillation = preset.Distillation with { Steps = 15 }, Pixels = preset.Pixels with { Steps = 8 } },
            Data = [Folder["images"]],
            Output = Folder[name],
            Resume = true,
            Threads = 1,
            SaveEvery = TimeSpan.Zero,
        };
    }

    /// <summary>Stops after so many steps of all phases together.</summary>
    private static void Stopped(int steps)
    {
        using var stop = new CancellationTokenSource();
        var progress = new Counted(() => { if (--steps == 0) stop.Cancel(); });
        try
        {
            TrainingRun.Run(Options("stopped") with { Progress = progress }, stop.Token);
            Assert.IsGreaterThan(0, steps, "The run was to be stopped.");
        }
        catch (OperationCanceledException)
        {
            Assert.IsTrue(stop.IsCancellationRequested);
        }
    }

    private sealed class Counted(Action count) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => count();
    }
}
