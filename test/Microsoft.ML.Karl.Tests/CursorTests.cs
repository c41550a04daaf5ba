using Karl.Testing;
using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Tests;

[TestClass]
public sealed class CursorTests
{
    [TestMethod]
    public void GetRowCursor_AnyBatchSize_KeepsRowsAndOrder()
    {
        using Workplace place = new();
        ImagePath[] photos = place.Photos(11);
        string[] expected = Texts(place, photos, 1);
        foreach (int batchSize in new[] { 2, 5, 11, 12, 64 })
        {
            CollectionAssert.AreEqual(expected, Texts(place, photos, batchSize), $"batches of {batchSize}");
        }
    }

    [TestMethod]
    public void GetRowCursor_WithoutColumnsOfTheStage_ReadsNoImage()
    {
        using Workplace place = new();
        ImagePath[] rows = [new ImagePath { Path = place["absent.png"], Number = 4 }];
        IDataView view = Fit(place, rows, 2).Transform(place.View(rows));
        CollectionAssert.AreEqual(new[] { 4 }, view.GetColumn<int>("Number").ToArray());
    }

    [TestMethod]
    public void Transform_IsLazy()
    {
        using Workplace place = new();
        int read = 0;
        IEnumerable<ImagePath> Rows()
        {
            foreach (ImagePath row in place.Photos(20))
            {
                read++;
                yield return row;
            }
        }

        IDataView view = Fit(place, place.Photos(1), 2).Transform(place.View(Rows()));
        Assert.AreEqual(0, read);
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Count"]]);
        Assert.AreEqual(0, read);
        Assert.IsTrue(cursor.MoveNext());
        Assert.IsLessThan(8, read, "a first row does not take more than a batch or two");
    }

    [TestMethod]
    public void GetGetter_OfAColumnThatWasNotAskedFor_Throws()
    {
        using Workplace place = new();
        ImagePath[] photos = place.Photos(1);
        IDataView view = Fit(place, photos, 2).Transform(place.View(photos));
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Count"]]);
        Assert.IsFalse(cursor.IsColumnActive(view.Schema["Features"]));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<VBuffer<float>>(view.Schema["Features"])).Message, "'Features'");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<int>(view.Schema["Count"])).Message, "Int32");
    }

    [TestMethod]
    public void GetRowCursorSet_OfManyThreads_GivesEachRowOnce()
    {
        using Workplace place = new();
        ImagePath[] photos = place.Photos(23);
        IDataView view = Fit(place, photos, 3).Transform(new SplitView(place.View(photos)));
        DataViewRowCursor[] cursors = view.GetRowCursorSet([view.Schema["Count"], view.Schema["Number"]], 4);
        Assert.HasCount(4, cursors);
        (int Number, float Count)[][] parts = [.. cursors.AsParallel().AsOrdered().Select(Rows)];
        Dictionary<int, float> expected = place.Read(Fit(place, photos, 1).Transform(place.View(photos))).ToDictionary(row => row.Number, row => row.Count);
        CollectionAssert.AreEquivalent(expected.Keys, parts.SelectMany(part => part).Select(row => row.Number).ToArray());
        Assert.IsTrue(parts.SelectMany(part => part).All(row => expected[row.Number] == row.Count));
    }

    [TestMethod]
    public void MoveNext_InputThatFails_FailsAfterTheRowsBefore()
    {
        using Workplace place = new();
        IEnumerable<ImagePath> Rows()
        {
            foreach (ImagePath row in place.Photos(5))
            {
                yield return row;
            }

            throw new IOException("The disk is gone.");
        }

        IDataView view = Fit(place, place.Photos(1), 2).Transform(place.View(Rows()));
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Count"]]);
        for (int row = 0; row < 5; row++)
        {
            Assert.IsTrue(cursor.MoveNext());
            Assert.AreEqual(row, cursor.Position);
        }

        Assert.ThrowsExactly<IOException>(() => cursor.MoveNext());
    }

    [TestMethod]
    public void MoveNext_ManyRows_HoldsNoMoreThanABatchOrTwo()
    {
        using Workplace place = new();
        const int Rows = 10_000;
        float[] pixels = new float[3 * TinyModel.ImageSize * TinyModel.ImageSize];
        IEnumerable<PixelImage> Many() => Enumerable.Range(0, Rows).Select(row => new PixelImage { Pixels = [.. pixels], Number = row });
        IDataView input = place.View(Many());
        using KarlTokenizingTransformer transformer = place.Context.Transforms
            .KarlTokenize("Features", "Pixels", place.Tokenize with { BatchSize = 64 }).Fit(input);
        IDataView view = transformer.Transform(input);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        VBuffer<float> features = default;
        List<long> memory = [];
        for (int row = 0; row < Rows; row++)
        {
            Assert.IsTrue(cursor.MoveNext());
            getFeatures(ref features);
            if (row is 999 or Rows - 1)
            {
                memory.Add(GC.GetTotalMemory(forceFullCollection: true));
            }
        }

        // All pixels together are 123 MB.
        Assert.IsLessThan(8_000_000, memory[1] - memory[0]);
    }

    [TestMethod]
    public void Rows_CanBeShuffledFilteredAndCached()
    {
        using Workplace place = new();
        ImagePath[] photos = place.Photos(12);
        IDataView view = Fit(place, photos, 4).Transform(place.View(photos));
        string[] expected = [.. place.Texts(view).Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(expected, place.Texts(place.Context.Data.ShuffleRows(view)).Order(StringComparer.Ordinal).ToArray());
        CollectionAssert.AreEqual(expected, place.Texts(place.Context.Data.Cache(view)).Order(StringComparer.Ordinal).ToArray());
        float median = place.Read(view).Select(row => row.Count).Order().ElementAt(6);
        Assert.IsTrue(place.Read(place.Context.Data.FilterRowsByColumn(view, "Count", upperBound: median)).All(row => row.Count < median));
    }

    private static (int Number, float Count)[] Rows(DataViewRowCursor cursor)
    {
        using (cursor)
        {
            List<(int, float)> rows = [];
            ValueGetter<int> getNumber = cursor.GetGetter<int>(cursor.Schema["Number"]);
            ValueGetter<float> getCount = cursor.GetGetter<float>(cursor.Schema["Count"]);
            int number = 0;
            float count = 0;
            while (cursor.MoveNext())
            {
                getNumber(ref number);
                getCount(ref count);
                rows.Add((number, count));
            }

            return [.. rows];
        }
    }

    private static string[] Texts(Workplace place, ImagePath[] photos, int batchSize) => place.Texts(Fit(place, photos, batchSize).Transform(place.View(photos)));

    private static KarlTokenizingTransformer Fit(Workplace place, ImagePath[] photos, int batchSize) =>
        place.Context.Transforms.KarlTokenize("Features", "Path", place.Tokenize.WithAllColumns() with { BatchSize = batchSize }).Fit(place.View(photos));
}
