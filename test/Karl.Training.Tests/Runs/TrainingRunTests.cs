using Karl.Graphs;
using Karl.Graphs.Onnx;
using Karl.Networks;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;
using Karl.Training.Runs.Internals;
using Karl.Training.Steps;

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
    [DataRow("karl", "karl")]
    [DataRow("alit", "alit")]
    [DataRow("one-d-piece", "one-d-piece")]
    [DataRow("one-d-piece over a VAE", "one-d-piece")]
    public void A_run_that_is_stopped_and_taken_up_again_ends_as_one_that_was_not(string network, string family)
    {
        var (wholeFolder, stoppedFolder) = (network + ".whole", network + ".stopped");
        var whole = TrainingRun.Run(Options(wholeFolder, network));
        foreach (var steps in new[] { 7, 16, 11 }) Stopped(steps, Options(stoppedFolder, network));
        var resumed = TrainingRun.Run(Options(stoppedFolder, network));
        foreach (var phase in new[] { "base", "distillation", "pixels" })
        {
            Assert.AreEqual(File.ReadAllText(Folder[wholeFolder, phase + ".losses.csv"]), File.ReadAllText(Folder[stoppedFolder, phase + ".losses.csv"]));
            Assert.IsTrue(File.Exists(Folder[stoppedFolder, phase + ".losses.png"]));
        }
        CollectionAssert.AreEqual(File.ReadAllBytes(whole), File.ReadAllBytes(resumed));
        using var tokenizer = ImageTokenizer.Load(resumed);
        Assert.AreEqual((family, 16), (tokenizer.Manifest.Family, tokenizer.ImageSize));
        var tokens = tokenizer.Encode(Folder["images", "noise.png"]);
        Assert.IsLessThanOrEqualTo(16, tokens.Count);
        Assert.AreEqual(16, tokenizer.Decode(tokens).Width);
        Assert.IsTrue(File.Exists(Folder[stoppedFolder, "pixels.step-000008.png"]));
    }

    [TestMethod]
    [DataRow("karl")]
    [DataRow("one-d-piece")]
    public void A_run_with_judges_is_taken_up_again_with_their_state(string network)
    {
        File.WriteAllBytes(Folder["look.onnx"], OnnxWriter.ToBytes(PerceptualNetworks.Look()));
        var judged = WithJudges(Options(network + ".judged", network));
        var whole = TrainingRun.Run(judged);
        var stopped = judged with { Output = Folder[network + ".judged.stopped"] };
        foreach (var steps in new[] { 34, 9 }) Stopped(steps, stopped);
        CollectionAssert.AreEqual(File.ReadAllBytes(whole), File.ReadAllBytes(TrainingRun.Run(stopped)));
        foreach (var phase in new[] { "pixels", "finish" })
        {
            Assert.AreEqual(File.ReadAllText(Folder[network + ".judged", phase + ".losses.csv"]), File.ReadAllText(Folder[network + ".judged.stopped", phase + ".losses.csv"]));
        }

        var losses = Column(network + ".judged", "pixels", "adversary.loss");
        CollectionAssert.AreEqual(new double[2], losses[..2], "With 7 images, the second epoch begins at the third step of 4 images at the latest.");
        Assert.IsTrue(losses[^1] > 0 && Column(network + ".judged", "finish", "adversary.loss").All(loss => loss > 0));
        Assert.IsTrue(Column(network + ".judged", "pixels", network == "karl" ? "tokenize.perceptual" : "perceptual").All(loss => loss > 0));
        var other = Assert.ThrowsExactly<InvalidOperationException>(() => TrainingRun.Run(judged with { Adversaries = null }));
        StringAssert.Contains(other.Message, "AdversaryArchitecture");
    }

    [TestMethod]
    public void Run_PerceptualNetworkThatIsNone_IsRefusedBeforeAnythingIsWritten()
    {
        File.WriteAllText(Folder["text.onnx"], "This is no network.");
        var absent = Assert.ThrowsExactly<KarlFormatException>(() => TrainingRun.Run(Options("judgeless") with { PerceptualNetwork = Folder["nowhere.onnx"] }));
        StringAssert.Contains(absent.Message, "karl export");
        var text = Assert.ThrowsExactly<KarlFormatException>(() => TrainingRun.Run(Options("judgeless") with { PerceptualNetwork = Folder["text.onnx"] }));
        StringAssert.Contains(text.Message, "text.onnx");
        var mean = new Graph("mean");
        mean.Output("mean", mean.Input("image", ElementType.Float32, "batch", 3, "height", "width").ReduceMean());
        File.WriteAllBytes(Folder["mean.onnx"], OnnxWriter.ToBytes(mean));
        var single = Assert.ThrowsExactly<ArgumentException>(() => TrainingRun.Run(Options("judgeless") with { PerceptualNetwork = Folder["mean.onnx"] }));
        StringAssert.Contains(single.Message, "wanted two images");
        var eightBits = new Graph("eight-bits");
        var difference = eightBits.Input("left", ElementType.Float32, "batch", 3, 16, 16) - eightBits.Input("right", ElementType.Float32, "batch", 3, 16, 16);
        var weight = eightBits.Parameter("weight", TensorData.From(new sbyte[16 * 4], 16, 4));
        eightBits.Output("distance", difference.DynamicQuantizeMatMul(weight, eightBits.Constant(TensorData.Scalar(0.1, ElementType.Float32))).ReduceMean());
        File.WriteAllBytes(Folder["bits.onnx"], OnnxWriter.ToBytes(eightBits));
        var flat = Assert.ThrowsExactly<KarlFormatException>(() => TrainingRun.Run(Options("judgeless") with { PerceptualNetwork = Folder["bits.onnx"] }));
        StringAssert.Contains(flat.Message, "'eight-bits' cannot be trained with: DynamicQuantizeMatMul");
        var deep = Assert.ThrowsExactly<ArgumentException>(() => TrainingRun.Run(Options("judgeless") with { Adversaries = new() { Architecture = new() { Levels = 5 } } }));
        StringAssert.Contains(deep.Message, "halves images of 16 pixels 5 times");
        Assert.IsFalse(Directory.Exists(Folder["judgeless"]));
    }

    [TestMethod]
    public void From_SmallImages_HaveAdversariesOfFewerLevels()
    {
        CollectionAssert.AreEqual(new[] { 1, 2, 3, 3 }, new[] { 8, 16, 64, 256 }.Select(size => AdversaryOptions.From(21, size).Architecture.Levels).ToArray());
        Assert.AreEqual(new AdversarySchedule(), AdversaryOptions.From(21, 64).Schedule);
        Assert.AreEqual((2, 9), (AdversaryOptions.From(2, 64).Schedule.FirstEpoch, AdversaryOptions.From(2, 64).Schedule.SecondEpoch));
    }

    [TestMethod]
    public void Run_BaseOfAnotherRun_IsTakenAsItIs()
    {
        TrainingRun.Run(Options("lender", "karl"));
        foreach (var (name, source) in new[] { ("folder", Folder["lender"]), ("state", Folder["lender", "base.state.safetensors"]), ("checkpoint", Folder["lender", "checkpoint.safetensors"]) })
        {
            var options = Options("borrower." + name, "one-d-piece") with { Base = source };
            TrainingRun.Run(options);
            Assert.IsFalse(File.Exists(Folder["borrower." + name, "base.losses.csv"]), "No base was trained.");
            Assert.AreEqual(source == Folder["lender", "checkpoint.safetensors"], !Averages("lender").SequenceEqual(Averages("borrower." + name)), name);
            var other = Assert.ThrowsExactly<InvalidOperationException>(() => TrainingRun.Run(options with { Base = null }));
            StringAssert.Contains(other.Message, "its own base tokenizer");
        }

        static float[] Averages(string run) => StateFile.LoadAverages(Folder[run, "base.state.safetensors"])["base.decoder.output.weight"].AsSpan<float>().ToArray();
    }

    [TestMethod]
    public void Run_BaseThatDoesNotFit_IsRefusedBeforeAnythingIsWritten()
    {
        Directory.CreateDirectory(Folder["empty"]);
        var absent = Assert.ThrowsExactly<KarlFormatException>(() => TrainingRun.Run(Options("misfit") with { Base = Folder["empty"] }));
        StringAssert.Contains(absent.Message, "base.state.safetensors");
        Assert.ThrowsExactly<KarlFormatException>(() => TrainingRun.Run(Options("misfit") with { Base = Folder["nowhere"] }));
        var before = Options("vae.lender", "one-d-piece over a VAE");
        TrainingRun.Run(before);
        var misfit = Assert.ThrowsExactly<KarlFormatException>(() => TrainingRun.Run(Options("misfit") with { Base = before.Output }));
        StringAssert.Contains(misfit.Message, "'base.codebook.weight' [64, 8] is missing");
        Assert.IsFalse(Directory.Exists(Folder["misfit"]));
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

    private static TrainingOptions Options(string name, string network = "karl")
    {
        var preset = TrainingPreset.Get("try");
        var (small, vae) = (new TransformerSize(32, 1, 2), new VaeArchitecture { Channels = 32, ChannelMultipliers = [1, 1, 1], BlocksPerLevel = 1, LatentChannels = 4, LatentScale = 1 });
        ITokenizerArchitecture architecture = network switch
        {
            "alit" => new AlitArchitecture(preset.Architecture.Base, small, small) { ImageSize = 16, LatentsPerRound = 4, Rounds = 4, LatentCodebookSize = 64 },
            "one-d-piece" => new OneDPieceArchitecture((VqganArchitecture)preset.Architecture.Base, small, small) { ImageSize = 16, MaximumLatents = 16, LatentCodebookSize = 64 },
            "one-d-piece over a VAE" => new OneDPieceArchitecture(vae, small, small) { ImageSize = 16, MaximumLatents = 16, LatentCodebookSize = 64, MixesLatents = false },
            _ => preset.Architecture,
        };
        preset = preset with { Architecture = architecture, QuantizationSteps = 5, EntropyWeight = 0.1 };
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

    private static TrainingOptions WithJudges(TrainingOptions options) => options with
    {
        Preset = options.Preset with { Pixels = options.Preset.Pixels with { BatchSize = 4 }, Finish = options.Preset.Pixels with { BatchSize = 4, Steps = 4 } },
        PerceptualNetwork = Folder["look.onnx"],
        Adversaries = new() { Architecture = new() { Channels = 4, Levels = 2 }, Schedule = new() { BucketWidth = 8, FirstEpoch = 1 } },
    };

    private static double[] Column(string run, string phase, string name)
    {
        var path = Folder[run, phase + ".losses.csv"];
        var place = File.ReadLines(path).First().Split(',').ToList().IndexOf(name);
        return [.. LossLog.Load(path).Select(line => line[place])];
    }

    /// <summary>Stops after so many steps of all phases together.</summary>
    private static void Stopped(int steps, TrainingOptions options)
    {
        using var stop = new CancellationTokenSource();
        var progress = new Counted(() => { if (--steps == 0) stop.Cancel(); });
        try
        {
            TrainingRun.Run(options with { Progress = progress }, stop.Token);
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
