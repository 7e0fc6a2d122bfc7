//! Messages about masks and the key that they are made with.

super::messages! {
    E0562 Error MaskKeyBroken(path)
        page "Masks are made with a secret key of the project, which stands beside heng.toml in `.heng/mask.key`: 64 hexadecimal digits. The file is there and holds something else. Restore it from a copy: with a new key the same persons have other masks."
             "个人信息的代号用本项目的密钥生成。密钥保存在 heng.toml 旁的“.heng/mask.key”中，为 64 位十六进制数字。该文件存在，但内容不是密钥。请从备份恢复；换用新密钥后，同一个人的代号会改变。"
        text "`{path}` is no key of masks"
             "“{path}”中不是代号密钥"
        help "restore it from a copy, or delete it: then a new key is made"
             "请从备份恢复，或删除该文件，由程序生成新密钥"

    E0563 Error NoRandomBytes(why)
        page "A key of masks is made of 32 random bytes of the operating system, and it gives none. Nothing personal is masked with a key that could be guessed."
             "代号密钥取自操作系统的 32 个随机字节，而操作系统没有给出。程序不会用可能被猜中的密钥生成代号。"
        text "the operating system gives no random bytes for a key of masks: {why}"
             "操作系统没有给出生成代号密钥所需的随机字节：{why}"
        help "run it on a system that has a source of random bytes"
             "请在有随机数来源的系统上运行"

    E0564 Error ChosenByOtherMasks(path)
        page "The report was made for chosen units, and names them by masks. These were made with another key, from which nobody can tell who was chosen. It can be judged again where the key of its masks is: the `.heng` folder beside the heng.toml of the project that made it."
             "该报告只针对选定的对象，并以代号记录这些对象。代号是用另一把密钥生成的，无从得知选的是谁。请在保存该密钥的项目中重新判定，密钥在该项目 heng.toml 旁的“.heng”文件夹中。"
        text "the units that `{path}` chose are masked with another key"
             "“{path}”选定的对象是用另一把密钥生成的代号"
        help "run it in the project whose key made the report"
             "请在生成该报告的项目中运行"

    E0565 Error OpenAndPersonal(column)
        page "A column is `personal`, and masked in every report, or it is `open`. In a table with a personal key every column is personal that does not say `open`; a column of another table is open unless it says `personal`."
             "列或为“个人信息”，在一切报告中以代号代替；或为“公开”。主键为个人信息的数据表，各列凡未写“公开”的都是个人信息；其他数据表的列，不写“个人信息”即为公开。"
        text "`{column}` is both open and personal"
             "“{column}”既写了公开，又写了个人信息"
        help "leave one of the two words out"
             "请去掉其中一个"

    E0566 Error OpenKey(column)
        page "The column links rows to a table whose key is personal: its cells are the keys of persons. They are masked wherever they stand, so that nobody is told by way of another table."
             "该列是指向另一数据表的关联列，而那张表的主键为个人信息，本列的内容就是个人的主键。主键无论出现在何处都以代号代替，不能经由另一张表泄露。"
        text "`{column}` holds personal keys and cannot be open"
             "“{column}”中是个人主键，不能公开"
        help "leave `open` out"
             "请去掉“公开”"

    W0650 Warning MaskKeyNotKept(path, why)
        page "Masks are made with a secret key that is kept beside heng.toml, so that the same person has the same mask in every run. The key could not be written there. This run has a key of its own: its masks are unlike those of any other run."
             "代号用保存在 heng.toml 旁的密钥生成，同一个人每次运行的代号因此相同。这一次密钥无法写入，本次运行使用临时密钥，所生成的代号与其他各次运行都不相同。"
        text "the key of masks cannot be kept in `{path}`: {why}"
             "代号密钥无法保存到“{path}”：{why}"
        help "let the folder be written once, or copy a key into it"
             "请允许写入该文件夹一次，或把已有密钥复制到其中"

    W0651 Warning OtherMasks(path)
        page "The masks of the report were made with another key than those of this run. They were compared up to renaming: each mask of the report stands for one mask here, always the same, and no two for one."
             "该报告的代号与本次运行的代号用的不是同一把密钥。比较时按一一对应处理：报告中的每个代号始终对应这里的同一个代号，且没有两个代号对应同一个。"
        text "the masks of `{path}` were made with another key: they are compared up to renaming"
             "“{path}”的代号用的是另一把密钥，按一一对应比较"
        help "compare them where the key of the report is, to have the same masks"
             "如需代号相同，请在保存该密钥的项目中比较"

    W0652 Warning MasksNotMatched(path)
        page "The two reports mask personal data with different keys, and what the report was made from is not at hand. Only where it can be judged again is it known which masks stand for the same person."
             "两份报告的代号用的不是同一把密钥，而其中一份所依据的标准或数据不在手边。只有能重新判定时，才能知道哪两个代号是同一个人。"
        text "which persons of `{path}` stand in the other report cannot be told"
             "无法得知“{path}”中的人对应另一份报告中的谁"
        help "say where its data and its packs are: `--data PATH --pack PATH`"
             "请指明其数据和标准的位置：“--data 路径 --pack 路径”"
}
