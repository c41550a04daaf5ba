using System.Reflection;
using Karl.Tokenizers;
using Karl.Tokenizers.Sessions;

namespace Microsoft.ML.Karl.Tests;

[TestClass]
public sealed class BadInputTests
{
    [TestMethod]
    public void Fit_ColumnThatIsNotThere_NamesThoseThatAre()
    {
        using Workplace place = new();
        IDataView view = place.View(place.Photos(1));
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => place.Context.Transforms.KarlTokenize("Features", "Picture", place.Tokenize).Fit(view));
        StringAssert.StartsWith(exception.Message, "There is no column 'Picture'; an image (MLImage), text (a path), a vector of Byte (an encoded image) or a vector of 3072 Single");
        StringAssert.EndsWith(exception.Message, "The columns are: Path, Number.");
    }

    [TestMethod]
    public void Fit_ColumnOfAnotherType_SaysWhatItIsAndWhatWouldFit()
    {
        using Workplace place = new();
        IDataView view = place.View(place.Photos(1));
        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentException>(() => place.Context.Transforms.KarlTokenize("Features", "Number", place.Tokenize).Fit(view)).Message, "Column 'Number' is Int32; an image");
        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentException>(() => place.Context.Transforms.CopyColumns("Copy", "Number").Append(place.Context.Transforms.KarlTokenize("Features", "Copy", place.Tokenize)).Fit(view)).Message,
            "Column 'Copy' is Int32; an image",
            "a chain finds it out before it fits anything");
        IDataView pixels = place.View(new[] { new ThreePixels() });
        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentException>(() => place.Context.Transforms.KarlTokenize("Features", "Pixels", place.Tokenize).Fit(pixels)).Message, "Column 'Pixels' is a vector of 9 Single;");
    }

    [TestMethod]
    public void Transform_AnotherKindOfImages_SaysWhatItWasFittedWith()
    {
        using Workplace place = new();
        using KarlTokenizingTransformer transformer = place.Context.Transforms.KarlTokenize("Features", "Path", place.Tokenize).Fit(place.View(place.Photos(1)));
        IDataView encoded = place.Context.Transforms.CopyColumns("Path", "Bytes").Fit(place.View(new[] { new EncodedImage() })).Transform(place.View(new[] { new EncodedImage() }));
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => transformer.Transform(encoded)).Message, "the pipeline was fitted with String");
    }

    [TestMethod]
    public void KarlTokenize_OptionsThatCannotBe_ListsAllProblems()
    {
        using Workplace place = new();
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => place.Context.Transforms.KarlTokenize(
            "Features", "Path", place.Tokenize with { Epsilon = float.NaN, BatchSize = 0, Budget = 65, HaltingThreshold = 2, PixelScale = 0 }));
        foreach (string part in new[] { "KarlTokenize:", "Epsilon is NaN", "BatchSize is 0", "HaltingThreshold is 2", "PixelScale is 0" })
        {
            StringAssert.Contains(exception.Message, part);
        }

        StringAssert.Contains(Refused(place.Tokenize with { Budget = 65 }), "Budget is 65; this model takes at most 64");
        StringAssert.Contains(Refused(place.Tokenize with { CountColumnName = "Features" }), "output columns share a name: Features");
        StringAssert.Contains(Refused(place.Tokenize with { CountColumnName = " " }), "the name of an output column is empty");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => place.Context.Transforms.KarlTokenize(null, "Path", place.Tokenize)).Message, "no output has a name");

        string Refused(KarlTokenizeOptions options) => Assert.ThrowsExactly<ArgumentException>(() => place.Context.Transforms.KarlTokenize("Features", "Path", options)).Message;
    }

    [TestMethod]
    public void KarlTokenize_CodesOfAContinuousModel_SaysThatThereAreNone()
    {
        using Workplace place = new(quantized: false);
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => place.Context.Transforms.KarlTokenize("Features", "Path", place.Tokenize with { CodesColumnName = "Codes" })).Message, "continuous");
    }

    [TestMethod]
    public void KarlTokenize_FileThatIsNoModel_IsRefused()
    {
        using Workplace place = new();
        File.WriteAllText(place["text.karl"], "no model");
        Assert.ThrowsExactly<KarlFormatException>(() => place.Context.Transforms.KarlTokenize("Features", "Path", place.Tokenize with { Model = place["text.karl"] }));
        Assert.ThrowsExactly<FileNotFoundException>(() => place.Context.Transforms.KarlTokenize("Features", "Path", place.Tokenize with { Model = place["absent.karl"] }));
    }

    [TestMethod]
    public void Fit_GpuThatIsNotThere_FallsBackOnlyIfTheContextLetsIt()
    {
        using Workplace place = new();
        IDataView view = place.View(place.Photos(1));
        List<string> warnings = [];
        place.Context.GpuDeviceId = 7;
        place.Context.FallbackToCpu = true;
        using KarlTokenizingTransformer transformer = place.Context.Transforms.KarlTokenize("Features", "Path", place.Tokenize with { Warn = warnings.Add }).Fit(view);
        Assert.AreEqual(TokenizerDevice.Cpu, transformer.Device);
        Assert.HasCount(1, warnings);
        StringAssert.Contains(warnings[0], "cuda:7");
        place.Context.FallbackToCpu = false;
        Assert.ThrowsExactly<PlatformNotSupportedException>(() => place.Context.Transforms.KarlTokenize("Features", "Path", place.Tokenize).Fit(view));
        using KarlTokenizingTransformer explicitly = place.Context.Transforms.KarlTokenize("Features", "Path", place.Tokenize with { Device = TokenizerDevice.Cpu }).Fit(view);
        Assert.AreEqual(TokenizerDevice.Cpu, explicitly.Device);
    }

    [TestMethod]
    public void MoveNext_AfterTheContextWasCancelled_Stops()
    {
        using Workplace place = new();
        ImagePath[] photos = place.Photos(4);
        using KarlTokenizingTransformer transformer = place.Context.Transforms.KarlTokenize("Features", "Path", place.Tokenize with { BatchSize = 1 }).Fit(place.View(photos));
        IDataView view = transformer.Transform(place.View(photos));
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Features"]]);
        Assert.IsTrue(cursor.MoveNext());
        MethodInfo? cancel = typeof(MLContext).GetMethod("CancelExecution", BindingFlags.Instance | BindingFlags.NonPublic);
        if (cancel is null)
        {
            Assert.Inconclusive("This ML.NET has no cancellation.");
        }

        cancel.Invoke(place.Context, null);
        Assert.ThrowsExactly<OperationCanceledException>(() => cursor.MoveNext());

        // AutoML cancels the context of each trial when the trial is over, and gives the best one's model to its caller.
        using DataViewRowCursor later = view.GetRowCursor(view.Schema);
        Assert.IsTrue(later.MoveNext());
    }

    private sealed class ThreePixels
    {
        [Data.VectorType(9)]
        public float[]? Pixels { get; set; }
    }
}
