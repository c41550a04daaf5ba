using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Tokenization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Tests;

[TestClass]
public sealed partial class TokenizeTests
{
    [TestMethod]
    [DataRow(true, false)]
    [DataRow(false, false)]
    [DataRow(false, true)]
    public void Transform_Paths_GivesWhatTheTokenizerGives(bool quantized, bool vae)
    {
        using Workplace place = new(quantized, vae);
        ImagePath[] photos = place.Photos(10);
        using KarlTokenizingTransformer transformer = place.Context.Transforms
            .KarlTokenize("Features", "Path", place.Tokenize.WithAllColumns(quantized) with { BatchSize = 3 })
            .Fit(place.View(photos));
        TokenRow[] rows = place.Read(transformer.Transform(place.View(photos)));

        using ImageTokenizer tokenizer = ImageTokenizer.Load(place.Model, new ImageTokenizerOptions { Threads = 1 });
        Assert.HasCount(10, rows);
        for (int index = 0; index < rows.Length; index++)
        {
            TokenRow row = rows[index];
            TokenSequence tokens = tokenizer.Encode(photos[index].Path!, new TokenizeOptions { IncludeLatents = true });
            Assert.AreEqual(index, row.Number);
            Assert.AreEqual(tokens.Count, row.Count);
            CollectionAssert.AreEqual(tokens.Positions.ToArray(), row.Positions);
            CollectionAssert.AreEqual(quantized ? tokens.Codes.Select(code => (uint)code + 1).ToArray() : null, row.Codes);
            TensorAssert.AreClose(tokens.Latents.AsSpan(), row.Latents, 1e-5);
            TensorAssert.AreClose(tokens.HaltingProbabilities.AsSpan(), row.Halting, 1e-5);
            Assert.HasCount(2 * TinyModel.LatentWidth, row.Features!);
            Assert.AreEqual(tokens.Latents.Where((_, place) => place % TinyModel.LatentWidth == 5).Average(), row.Features![5], 1e-5);
            Assert.AreEqual(string.Empty, row.Error);
        }

        Assert.IsGreaterThan(1, rows.Select(row => row.Count).Distinct().Count());
    }

    [TestMethod]
    public void Transform_EveryKindOfInput_GivesTheSame()
    {
        using Workplace place = new();
        ImagePath[] photos = place.Photos(5);
        string[] expected = Tokens(place, "Path", photos);
        string[] images = Tokens(place, "Image", photos.Select(photo => new ImageInMemory { Image = Workplace.Image(photo), Number = photo.Number }).ToArray());
        string[] encoded = Tokens(place, "Bytes", photos.Select(photo => new EncodedImage { Bytes = File.ReadAllBytes(photo.Path!), Number = photo.Number }).ToArray());
        string[] pixels = Tokens(place, "Pixels", photos.Select(photo => new PixelImage { Pixels = Pixels(photo.Number), Number = photo.Number }).ToArray());
        CollectionAssert.AreEqual(expected, images);
        CollectionAssert.AreEqual(expected, encoded);
        CollectionAssert.AreEqual(expected, pixels);
    }

    [TestMethod]
    public void Transform_Poolings_AreWhatTheySay()
    {
        using Workplace place = new();
        ImagePath[] photos = place.Photos(3);
        TokenRow[] mean = place.Read(Fitted(place, "Path", photos, KarlPooling.MaskedMean));
        TokenRow[] padded = place.Read(Fitted(place, "Path", photos, KarlPooling.PaddedTokens));
        for (int index = 0; index < photos.Length; index++)
        {
            TokenRow row = padded[index];
            Assert.HasCount(TinyModel.DefaultBudget * TinyModel.LatentWidth, row.Features!);
            for (int position = 0; position < TinyModel.DefaultBudget; position++)
            {
                int kept = Array.IndexOf(row.Positions!, position);
                float[] expected = kept < 0 ? new float[TinyModel.LatentWidth] : row.Latents![(kept * TinyModel.LatentWidth)..((kept + 1) * TinyModel.LatentWidth)];
                CollectionAssert.AreEqual(expected, row.Features![(position * TinyModel.LatentWidth)..((position + 1) * TinyModel.LatentWidth)]);
            }

            Assert.HasCount(TinyModel.LatentWidth, mean[index].Features!);
            TensorAssert.AreClose(
                Enumerable.Range(0, TinyModel.LatentWidth).Select(number => row.Latents!.Where((_, at) => at % TinyModel.LatentWidth == number).Average()).ToArray(), mean[index].Features, 1e-5);
        }
    }

    [TestMethod]
    public void Transform_PoolingsWithProducts_AreWhatTheySay()
    {
        using Workplace place = new();
        ImagePath[] photos = place.Photos(3);
        TokenRow[] mean = place.Read(Fitted(place, "Path", photos, KarlPooling.MaskedMean));
        TokenRow[] padded = place.Read(Fitted(place, "Path", photos, KarlPooling.PaddedTokens));
        TokenRow[] products = place.Read(Fitted(place, "Path", photos, KarlPooling.MaskedMeanAndProducts));
        TokenRow[] both = place.Read(Fitted(place, "Path", photos, KarlPooling.PaddedTokensAndProducts));
        for (int index = 0; index < photos.Length; index++)
        {
            float[][] latents = [.. products[index].Latents!.Chunk(TinyModel.LatentWidth)];
            float[] expected = [.. Enumerable.Range(0, TinyModel.LatentWidth).SelectMany(left => Enumerable.Range(left, TinyModel.LatentWidth - left)
                .Select(right => latents.Average(latent => latent[left] * latent[right])))];
            TensorAssert.AreClose([.. mean[index].Features!, .. expected], products[index].Features, 1e-5);
            TensorAssert.AreClose([.. padded[index].Features!, .. expected], both[index].Features, 1e-5);
        }

        IDataView view = Fitted(place, "Path", photos, KarlPooling.PaddedTokensAndProducts);
        VBuffer<ReadOnlyMemory<char>> names = default;
        view.Schema["Features"].Annotations.GetValue("SlotNames", ref names);
        int tokens = TinyModel.DefaultBudget * TinyModel.LatentWidth;
        Assert.AreEqual("token.1.2 product.0.0 product.1.1", string.Join(' ', new[] { 14, tokens, tokens + TinyModel.LatentWidth }.Select(slot => names.GetItemOrDefault(slot).ToString())));
        Assert.AreEqual("product.11.11", names.GetItemOrDefault(names.Length - 1).ToString());
    }

    [TestMethod]
    public void Schema_SaysWhatColumnsHold()
    {
        using Workplace place = new();
        IDataView view = Fitted(place, "Path", place.Photos(1));
        DataViewSchema.Column features = view.Schema["Features"], codes = view.Schema["Codes"];
        VBuffer<ReadOnlyMemory<char>> names = default;
        features.Annotations.GetValue("SlotNames", ref names);
        VBuffer<int> values = default;
        codes.Annotations.GetValue("KeyValues", ref values);
        Assert.AreEqual("mean.0 mean.11 deviation.0", string.Join(' ', new[] { 0, 11, 12 }.Select(slot => names.GetItemOrDefault(slot).ToString())));
        Assert.AreEqual(24, ((VectorDataViewType)features.Type).Size);
        Assert.AreEqual((ulong)TinyModel.CodebookSize, ((KeyDataViewType)((VectorDataViewType)codes.Type).ItemType).Count);
        CollectionAssert.AreEqual(Enumerable.Range(0, TinyModel.CodebookSize).ToArray(), values.DenseValues().ToArray());
        Assert.AreEqual(
            "Path Number Features Latents Codes Positions Count Halting Error", string.Join(' ', view.Schema.Select(column => column.Name)));
    }

    [TestMethod]
    public void Codes_MappedToValues_AreTheCodebooksNumbers()
    {
        using Workplace place = new();
        ImagePath[] photos = place.Photos(2);
        IDataView view = place.Context.Transforms.KarlTokenize(null, "Path", place.Tokenize with { CodesColumnName = "Codes" })
            .Append(place.Context.Transforms.Conversion.MapKeyToValue("Values", "Codes")).Fit(place.View(photos)).Transform(place.View(photos));
        using ImageTokenizer tokenizer = ImageTokenizer.Load(place.Model);
        CollectionAssert.AreEqual(tokenizer.Encode(photos[1].Path!).Codes.ToArray(), view.GetColumn<int[]>("Values").Last());
    }

    [TestMethod]
    public void Transform_MissingImages_AreMissingValues()
    {
        using Workplace place = new();
        ImagePath[] rows = [new ImagePath { Path = null, Number = 0 }, place.Photos(1)[0], new ImagePath { Path = " ", Number = 2 }];
        TokenRow[] read = place.Read(Fitted(place, "Path", rows));
        Assert.IsTrue(float.IsNaN(read[0].Count) && read[0].Features!.All(float.IsNaN) && read[0].Halting!.All(float.IsNaN));
        Assert.IsEmpty(read[0].Codes!);
        Assert.IsEmpty(read[0].Latents!);
        Assert.IsGreaterThan(0, read[1].Count);
        Assert.IsTrue(float.IsNaN(read[2].Count));
        Assert.IsTrue(read.All(row => row.Error!.Length == 0));
    }

    [TestMethod]
    public void Transform_EmptyView_IsEmpty()
    {
        using Workplace place = new();
        Assert.IsEmpty(place.Read(Fitted(place, "Path", Array.Empty<ImagePath>())));
    }

    [TestMethod]
    public void Transform_UnreadableImage_ThrowsInItsRowAlone()
    {
        using Workplace place = new();
        ImagePath[] rows = WithUnreadable(place);
        using KarlTokenizingTransformer transformer = place.Context.Transforms.KarlTokenize("Features", "Path", place.Tokenize with { CountColumnName = "Count" }).Fit(place.View(rows));
        IDataView view = transformer.Transform(place.View(rows));
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        ValueGetter<float> count = cursor.GetGetter<float>(view.Schema["Count"]);
        float value = 0;
        cursor.MoveNext();
        count(ref value);
        cursor.MoveNext();
        InvalidOperationException exception = Assert.ThrowsExactly<InvalidOperationException>(() => count(ref value));
        StringAssert.StartsWith(exception.Message, "Column 'Path': ");
        StringAssert.Contains(exception.Message, "damaged.png");
        cursor.MoveNext();
        count(ref value);
        Assert.IsFalse(cursor.MoveNext());
    }

    [TestMethod]
    public void Transform_UnreadableImageMarked_KeepsTheRowAndSaysWhy()
    {
        using Workplace place = new();
        ImagePath[] rows = WithUnreadable(place);
        using KarlTokenizingTransformer transformer = place.Context.Transforms
            .KarlTokenize("Features", "Path", place.Tokenize.WithAllColumns() with { UnreadableImages = KarlUnreadableImages.Mark }).Fit(place.View(rows));
        TokenRow[] read = place.Read(transformer.Transform(place.View(rows)));
        Assert.IsTrue(float.IsNaN(read[1].Count));
        StringAssert.Contains(read[1].Error, "damaged.png");
        Assert.IsTrue(read[0].Count > 0 && read[2].Count > 0);
    }

    [TestMethod]
    public void Transform_PixelsThatAreBytes_SayHowToScaleThem()
    {
        using Workplace place = new();
        PixelImage[] rows = [new PixelImage { Pixels = [.. Pixels(0).Select(value => value * 255)] }];
        TokenRow marked = place.Read(place.Context.Transforms
            .KarlTokenize("Features", "Pixels", place.Tokenize.WithAllColumns() with { UnreadableImages = KarlUnreadableImages.Mark }).Fit(place.View(rows)).Transform(place.View(rows)))[0];
        TokenRow scaled = place.Read(place.Context.Transforms
            .KarlTokenize("Features", "Pixels", place.Tokenize.WithAllColumns() with { PixelScale = 1 / 255f }).Fit(place.View(rows)).Transform(place.View(rows)))[0];
        StringAssert.Contains(marked.Error, "PixelScale");
        Assert.IsGreaterThan(0, scaled.Count);
    }

    private static ImagePath[] WithUnreadable(Workplace place)
    {
        File.WriteAllText(place["damaged.png"], "no image");
        ImagePath[] photos = place.Photos(2);
        return [photos[0], new ImagePath { Path = place["damaged.png"] }, photos[1]];
    }

    private static IDataView Fitted<TRow>(Workplace place, string column, TRow[] rows, KarlPooling pooling = KarlPooling.MaskedMeanAndDeviation)
        where TRow : class => place.Context.Transforms
        .KarlTokenize("Features", column, place.Tokenize.WithAllColumns() with { BatchSize = 3, Pooling = pooling }).Fit(place.View(rows)).Transform(place.View(rows));

    private static string[] Tokens<TRow>(Workplace place, string column, TRow[] rows)
        where TRow : class => place.Texts(Fitted(place, column, rows));

    private static float[] Pixels(int seed)
    {
        float[] pixels = new float[3 * TinyModel.ImageSize * TinyModel.ImageSize];
        new global::Karl.Tokenizers.Imaging.ImagePreprocessor(new() { Size = TinyModel.ImageSize }).Process(Workplace.Waves(seed), pixels.AsSpan());
        return pixels;
    }
}
